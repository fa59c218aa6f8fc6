package dev.funless.shared.protocol.message;

/** A worker asks whether it may still start a call that it has named as queued. */
public record StartRequest(String workerId, String invocationId) {}
