package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " [1, 2.5e3] \n",
        "\"ü€😀\"",
        "null",
        "0",
        "-1.5",
        "true",
        "{\"a\": {\"b\": []}}"
      })
  void acceptsOneValue(String json) {
    assertEquals(Optional.empty(), wrong(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{}}",
        "{} {}",
        "1 2",
        "[1,]",
        "{\"a\"}",
        "'a'",
        "nul",
        "NaN",
        "01",
        "\"a",
        "\"\\x\"",
        "\"\n\"",
        "[1] garbage",
        "// comment\n1",
        "{a: 1}",
        "\u0000",
        "\uFEFF{}"
      })
  void refusesAllElse(String json) {
    assertTrue(wrong(json).isPresent());
  }

  @Test
  void refusesWhatIsNoUtf8() {
    byte[][] malformed = {
      {'"', (byte) 0xFF, '"'},
      {'"', (byte) 0xC0, (byte) 0x80, '"'}, // overlong zero
      {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}, // half a surrogate pair
      {'"', (byte) 0xE2, (byte) 0x82}, // cut off
    };
    for (byte[] bytes : malformed) {
      assertEquals(Optional.of("is not UTF-8"), AnswerCheck.wrong(bytes));
    }
    assertTrue(AnswerCheck.wrong("{}".getBytes(StandardCharsets.UTF_16LE)).isPresent());
    assertTrue(AnswerCheck.wrong("{}".getBytes(StandardCharsets.UTF_16BE)).isPresent());
  }

  @Test
  void refusesValuesThatNestTooDeeply() {
    int most = AnswerCheck.NESTING;
    assertEquals(Optional.empty(), wrong("[".repeat(most) + "]".repeat(most)));
    assertTrue(wrong("[".repeat(most + 1) + "]".repeat(most + 1)).isPresent());
    assertTrue(wrong("[".repeat(1_000_000)).isPresent());
  }

  @Test
  void acceptsLongStringsAndNames() {
    String text = "x".repeat(3_000_000);
    assertEquals(Optional.empty(), wrong("{\"" + text + "\": \"" + text + "\"}"));
  }

  private static Optional<String> wrong(String json) {
    return AnswerCheck.wrong(json.getBytes(StandardCharsets.UTF_8));
  }
}
