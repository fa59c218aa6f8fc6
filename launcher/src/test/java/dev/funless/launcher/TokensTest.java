package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {

  @TempDir private Path temporary;

  @Test
  void readsBothLinesInAnyOrder() throws Exception {
    Path file = Files.writeString(temporary.resolve("tokens"), "# kept\nGuest=g=\r\nAdmin=a\n");
    assertEquals(Optional.of(new Tokens("a", "g=")), Tokens.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Admin=a\n", "Admin=a\nGuest=\n", "admin=a\nguest=g\n"})
  void unfinishedFileHasNoTokens(String text) throws Exception {
    Path file = Files.writeString(temporary.resolve("tokens"), text);
    assertEquals(Optional.empty(), Tokens.read(file));
    assertEquals(Optional.empty(), Tokens.read(temporary.resolve("none")));
  }

  @Test
  void textDoesNotShowThem() {
    assertFalse(new Tokens("secret", "hidden").toString().matches(".*(secret|hidden).*"));
  }
}
