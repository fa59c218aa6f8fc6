package dev.funless.core.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.config.ConfigurationException;
import dev.funless.shared.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "grüße \uD83D\uDE80 \u0000"})
  void givesBackWhatItEncrypted(String clear) throws IOException {
    Vault vault = Vault.open(KEY, folder.resolve("none"));
    String encrypted = vault.encrypt(clear);

    assertEquals(clear, vault.decrypt(encrypted));
    assertNotEquals(encrypted, vault.encrypt(clear), "each has a nonce of its own");
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void noticesAnotherKeyAndWhatWasChanged() throws IOException {
    String encrypted = Vault.open(KEY, folder).encrypt("secret");
    Vault other = Vault.open("", folder.resolve("key"));
    char last = encrypted.charAt(10) == 'A' ? 'B' : 'A';
    String changed = encrypted.substring(0, 10) + last + encrypted.substring(11);

    assertThrows(IllegalArgumentException.class, () -> other.decrypt(encrypted));
    assertThrows(IllegalArgumentException.class, () -> Vault.open(KEY, folder).decrypt(changed));
    assertThrows(IllegalArgumentException.class, () -> other.decrypt("secret"));
  }

  @Test
  void makesAKeyThatOnlyItsOwnerCanReadAndKeepsIt() throws IOException {
    Path file = folder.resolve("secrets.key");
    String encrypted = Vault.open("", file).encrypt("secret");

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("secret", Vault.open("", file).decrypt(encrypted));
  }

  @Test
  void coresThatStartTogetherMakeOneKey() throws Exception {
    Path file = folder.resolve("secrets.key");
    List<CompletableFuture<Vault>> cores =
        IntStream.range(0, 16)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> opened(file)))
            .toList();
    String encrypted = cores.getFirst().get(10, TimeUnit.SECONDS).encrypt("secret");

    for (CompletableFuture<Vault> core : cores) {
      assertEquals("secret", core.get(10, TimeUnit.SECONDS).decrypt(encrypted));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static Vault opened(Path file) {
    try {
      return Vault.open("", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysThatAFileHoldsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets.key"), "short");

    IOException e = assertThrows(IOException.class, () -> Vault.open("", file));
    assertTrue(e.getMessage().endsWith("does not hold a key of 32 bytes in Base64."));
  }

  @Test
  void saysThatTheConfiguredKeyIsNone() {
    Settings settings = Settings.of(Map.of("secrets.key", "c2hvcnQ="));
    Vault.configuredKey(settings);

    ConfigurationException e = assertThrows(ConfigurationException.class, settings::check);
    assertTrue(e.getMessage().contains("secrets.key: must be 32 bytes in Base64"), e.getMessage());
  }
}
