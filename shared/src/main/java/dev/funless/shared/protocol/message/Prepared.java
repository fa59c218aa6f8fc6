package dev.funless.shared.protocol.message;

/** The worker can run the function now. */
public record Prepared(String sha256) {}
