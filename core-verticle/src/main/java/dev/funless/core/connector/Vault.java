package dev.funless.core.connector;

import dev.funless.shared.config.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not stand in the database in clear: AES in Galois/Counter Mode (NIST SP
 * 800-38D) with a key of 256 bits and a random nonce of 96. Thread-safe.
 */
public final class Vault {

  private static final String PREFIX = "v1:";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  /**
   * @param key 32 bytes
   */
  public Vault(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key must have 32 bytes");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * The configured key; empty where none is.
   *
   * @return in Base64
   */
  public static String configuredKey(Settings settings) {
    String key = settings.text("secrets.key", "");
    if (!key.isEmpty() && !isKey(key)) {
      settings.error("secrets.key", "must be 32 bytes in Base64, as of 'openssl rand -base64 32'");
    }
    return key;
  }

  private static boolean isKey(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** With the configured key, or that of the file, which is made where it is not there. Blocks. */
  public static Vault open(String configuredKey, Path keyFile) throws IOException {
    String base64 = configuredKey.isEmpty() ? keyOf(keyFile) : configuredKey;
    if (!isKey(base64)) {
      throw new IOException(keyFile + " does not hold a key of 32 bytes in Base64.");
    }
    return new Vault(Base64.getDecoder().decode(base64));
  }

  private static String keyOf(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    return Files.readString(file).strip();
  }

  /** Whole or not at all, and once: cores that start together may share the folder. */
  private static void make(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    Path half =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "secrets",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(half, Base64.getEncoder().encodeToString(key) + "\n");
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException e) {
      // Another core was faster.
    } finally {
      Files.delete(half);
    }
  }

  public String encrypt(String clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] encrypted = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
      ByteBuffer all = ByteBuffer.allocate(nonce.length + encrypted.length);
      return PREFIX + Base64.getEncoder().encodeToString(all.put(nonce).put(encrypted).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalArgumentException where it was encrypted with another key, or was changed
   */
  public String decrypt(String encrypted) {
    try {
      if (!encrypted.startsWith(PREFIX)) {
        throw new IllegalArgumentException("it is not encrypted as known here");
      }
      byte[] all = Base64.getDecoder().decode(encrypted.substring(PREFIX.length()));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
      byte[] clear = cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(clear, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it was encrypted with another key", e);
    }
  }
}
