package dev.funless.shared.protocol.message;

/**
 * @param allowed false where the call was given up, or given to another worker
 */
public record StartAnswer(boolean allowed) {}
