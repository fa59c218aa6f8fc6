package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
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

  /** Jackson is the model: it must take and refuse the same, of documents damaged at random. */
  @Test
  void agreesWithAnotherParserOnDamagedDocuments() throws IOException {
    var random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] json = document(random, 4).getBytes(StandardCharsets.UTF_8);
      for (int damage = random.nextInt(3); damage > 0 && json.length > 0; damage--) {
        json[random.nextInt(json.length)] = (byte) DAMAGE.charAt(random.nextInt(DAMAGE.length()));
      }
      boolean right = jacksonAccepts(json);
      accepted += right ? 1 : 0;
      assertEquals(
          right,
          AnswerCheck.wrong(json).isEmpty(),
          () -> new String(json, StandardCharsets.UTF_8) + ": " + AnswerCheck.wrong(json));
    }
    assertTrue(accepted > 20_000 && accepted < 80_000, "accepted " + accepted);
  }

  private static final String DAMAGE =
      "{}[]\",:0123456789-+.eEtrufalsn\\/ \n\u0001\u007f\u00c3\u0084\u00ff";

  private static String document(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() + " ";
      case 2 -> "\"a\\u00e4\\n\"";
      case 3 -> "\"ü€😀" + random.nextInt() + "\"";
      case 4 -> String.valueOf(random.nextInt());
      case 5 -> random.nextInt(100) + ".5e-" + random.nextInt(9);
      case 6 -> "[" + document(random, depth - 1) + ", " + document(random, depth - 1) + "]";
      default ->
          "{\"b\" : " + document(random, depth - 1) + ",\"\":" + document(random, depth - 1) + "}";
    };
  }

  private static boolean jacksonAccepts(byte[] json) throws IOException {
    // It takes bytes with zeros for UTF-16, and is lenient about UTF-8.
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      return false;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static final JsonFactory JSON = new JsonFactory();
}
