package dev.funless.core.schedule;

/** {@code {"language": "warm-first"}}; it has no keys. */
public record WarmFirstConfig() implements PolicyConfig {}
