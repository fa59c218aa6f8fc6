package dev.funless.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a token. Tokens hold 256 bits of chance, so a plain hash cannot be turned back.
 * Two hashes are compared in constant time; and as nobody can choose a token by its hash, how they
 * are spread in a map tells nothing.
 */
public final class TokenHash {

  private final byte[] sha256;

  private TokenHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  public static TokenHash of(String token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TokenHash ofSha256(byte[] sha256) {
    return new TokenHash(sha256.clone());
  }

  public byte[] sha256() {
    return sha256.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash hash && MessageDigest.isEqual(sha256, hash.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }
}
