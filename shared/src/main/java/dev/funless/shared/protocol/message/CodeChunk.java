package dev.funless.shared.protocol.message;

/**
 * A piece of code.
 *
 * @param bytes the piece
 * @param totalBytes the size of the whole code
 */
public record CodeChunk(byte[] bytes, long totalBytes) {}
