package dev.funless.core.schedule;

/** {@code {"language": "least-loaded"}}; it has no keys. */
public record LeastLoadedConfig() implements PolicyConfig {}
