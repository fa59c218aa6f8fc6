package dev.funless.core.schedule;

/** {@code {"language": "round-robin"}}; it has no keys. */
public record RoundRobinConfig() implements PolicyConfig {}
