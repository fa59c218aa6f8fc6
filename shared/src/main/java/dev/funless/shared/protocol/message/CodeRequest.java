package dev.funless.shared.protocol.message;

/**
 * Asks for a piece of code.
 *
 * @param sha256 the hash of the whole code
 * @param index which piece, from 0; all but the last are {@link #CHUNK_BYTES} long
 */
public record CodeRequest(String sha256, int index) {

  /** Small enough not to delay other messages on the connection that all share. */
  public static final int CHUNK_BYTES = 64 * 1024;
}
