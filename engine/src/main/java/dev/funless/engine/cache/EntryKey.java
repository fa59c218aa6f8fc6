package dev.funless.engine.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an entry is kept under.
 *
 * @param code the SHA-256 of the module's bytes, 64 lower-case hexadecimal digits
 * @param compiler the SHA-256 of the compiler's version, likewise
 */
record EntryKey(String code, String compiler) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String SUFFIX = ".classes";

  EntryKey {
    if (!isHash(code) || !isHash(compiler)) {
      throw new IllegalArgumentException("not a SHA-256: " + code + " or " + compiler);
    }
  }

  /** The key that a file of this name is the entry of, if it is one's. */
  static Optional<EntryKey> ofFileName(String name) {
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String[] hashes = name.substring(0, name.length() - SUFFIX.length()).split("-", -1);
    return hashes.length == 2 && isHash(hashes[0]) && isHash(hashes[1])
        ? Optional.of(new EntryKey(hashes[0], hashes[1]))
        : Optional.empty();
  }

  String fileName() {
    return code + "-" + compiler + SUFFIX;
  }

  /** The SHA-256 over this key and the content. */
  byte[] seal(byte[] content, int from) {
    MessageDigest digest = sha256();
    digest.update(fileName().getBytes(StandardCharsets.US_ASCII));
    digest.update(content, from, content.length - from);
    return digest.digest();
  }

  static String hash(String version) {
    return HexFormat.of().formatHex(sha256().digest(version.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
