package dev.funless.core.schedule;

/** The default policy, {@code {"language": "none"}}: it has no keys. */
public record DefaultConfig() implements PolicyConfig {}
