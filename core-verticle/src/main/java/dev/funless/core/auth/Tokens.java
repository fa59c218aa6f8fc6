package dev.funless.core.auth;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes tokens: 256 bits of chance, in hexadecimal. Thread-safe. */
public final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  public static String generate() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
