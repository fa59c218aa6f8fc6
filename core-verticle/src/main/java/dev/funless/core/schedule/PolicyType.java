package dev.funless.core.schedule;

/**
 * A policy as users name it.
 *
 * @param language the value of {@code language} in a {@code scheduling} object
 * @param configType the record that the other keys make up
 * @param policy what decides
 */
public record PolicyType<C extends PolicyConfig>(
    String language, Class<C> configType, SchedulingPolicy<C> policy) {}
