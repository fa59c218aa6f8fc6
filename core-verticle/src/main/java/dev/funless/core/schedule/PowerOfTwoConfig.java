package dev.funless.core.schedule;

/** {@code {"language": "power-of-two"}}; it has no keys. */
public record PowerOfTwoConfig() implements PolicyConfig {}
