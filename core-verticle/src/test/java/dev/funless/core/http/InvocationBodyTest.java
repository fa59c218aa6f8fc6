package dev.funless.core.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationBodyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        " {\n} ",
        "{\"args\":null}",
        "{\"args\": null , \"scheduling\": null}",
        "{\"other\":{\"args\":1}}"
      })
  void whatIsAbsentReachesTheFunctionAsAnEmptyObject(String body) {
    assertParts("{}", "", body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ \"a\" : [ 1 ,2 ] }",
        "[]",
        "\"text\"",
        "\"nul\\u0000\\\"}\"",
        "true",
        "0",
        "-0.0e-10",
        "123456789012345678901234567890.5e999999",
        "{\"a\":1,\"a\":2}",
        "\"Grüße 世界 \uD83D\uDE80\"",
        "[null]",
        "{\"\\u0061\":\"\\ud83d\\ude80\"}"
      })
  void argumentsAreTheBytesThatWereSent(String args) {
    assertParts(args, "", "{\"args\":" + args + "}");
    assertParts(args, "", "{ \"x\":[{}] , \"args\" :\n " + args + " , \"y\":1 } ");
    assertParts(args, args, "{\"scheduling\":\t" + args + "\t,\"args\":\t" + args + "\r\n}");
  }

  @Test
  void largeNumbersAndTextsAreNoExceptions() {
    assertParts("9".repeat(100_000), "", "{\"args\":" + "9".repeat(100_000) + "}");
    String text = "\"" + "ü".repeat(500_000) + "\"";
    assertParts(text, "", "{\"args\":" + text + "}");
  }

  @Test
  void keysMayBeEscaped() {
    assertParts("1", "{}", "{\"\\u0061rgs\":1,\"sched\\u0075ling\":{}}");
  }

  @Test
  void theLastOfTwoCounts() {
    assertParts("2", "", "{\"args\":1,\"args\":2}");
    assertParts("{}", "", "{\"args\":1,\"args\":null}");
  }

  @Test
  void argumentsMayNestToALimit() {
    // The body's own object is one level.
    String deepest = "[".repeat(511) + "]".repeat(511);
    assertParts(deepest, "", "{\"args\":" + deepest + "}");

    assertMalformed(("{\"args\":[" + deepest + "]}").getBytes(StandardCharsets.UTF_8));
    assertMalformed(("{\"args\":" + "[".repeat(900_000)).getBytes(StandardCharsets.UTF_8));
    assertMalformed(("{\"args\":" + "{\"a\":".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "null",
        "[]",
        "1",
        "\"args\"",
        "{",
        "{\"args\"",
        "{\"args\":",
        "{\"args\":1",
        "{\"args\":\"x",
        "{\"args\":tru}",
        "{\"args\":01}",
        "{\"args\":1.}",
        "{\"args\":+1}",
        "{\"args\":NaN}",
        "{\"args\":'x'}",
        "{args:1}",
        "{\"args\":1,}",
        "{\"args\":[1,]}",
        "{\"args\":1}x",
        "{\"args\":1}{}",
        "{\"args\":1} null",
        "{\"args\":\"\\x\"}",
        "{\"args\":\"\\u12\"}",
        "{\"args\":\"a\nb\"}",
        "{\"args\":{\"a\":\"\\q\"}}",
        "{\"args\":1 /* comment */}",
        "{\"args\":nul}",
        "{\"args\":nullx}"
      })
  void rejectsWhatIsNoJsonObject(String body) {
    assertMalformed(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // a continuation alone
        "C3", // cut off before the quote
        "C080", // zero in two bytes
        "E08080", // zero in three bytes
        "EDA080", // half of a surrogate pair
        "F4908080", // beyond the last code point
        "FF"
      })
  void rejectsInvalidUtf8(String bytes) {
    for (String form : new String[] {"{\"args\":\"%\"}", "{\"args\":{\"%\":1}}", "{\"%\":1}"}) {
      assertMalformed(with(form, HexFormat.of().parseHex(bytes)));
    }
  }

  @Test
  void rejectsAByteOrderMark() {
    assertMalformed(with("%{\"args\":1}", HexFormat.of().parseHex("EFBBBF")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void rejectsOtherEncodings(String encoding) {
    assertMalformed("{\"args\":1}".getBytes(Charset.forName(encoding)));
  }

  private static byte[] with(String form, byte[] bytes) {
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    return form.replace("%", latin).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertParts(String args, String scheduling, String body) {
    InvocationBody parts = InvocationBody.parse(body.getBytes(StandardCharsets.UTF_8));

    assertArrayEquals(args.getBytes(StandardCharsets.UTF_8), parts.args());
    assertArrayEquals(scheduling.getBytes(StandardCharsets.UTF_8), parts.scheduling());
  }

  private static void assertMalformed(byte[] body) {
    FailureException e = assertThrows(FailureException.class, () -> InvocationBody.parse(body));

    assertEquals(Category.MALFORMED, e.failure().category());
  }
}
