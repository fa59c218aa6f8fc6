package dev.funless.shared.protocol.message;

/** Asks a worker which code it has loaded. */
public record LoadedListRequest(String workerId) {}
