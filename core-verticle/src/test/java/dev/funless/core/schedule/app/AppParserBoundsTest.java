package dev.funless.core.schedule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppParserBoundsTest {

  private static final int MAX_BYTES = 64 * 1024;
  private static final String SCRIPT = "- a:\n  - workers: '*'\n#";
  private static final String TOO_LONG = "Line 1: the script has more than 64 KiB.";
  private static final String TOO_DEEP = "Line 1: lists and maps are nested more than 16 deep.";

  @Test
  void takes64KibAndNoByteMore() throws InvalidScriptException {
    String longest = SCRIPT + "x".repeat(MAX_BYTES - SCRIPT.length());

    assertTrue(AppParser.parse(longest).tags().containsKey("a"));
    assertEquals(TOO_LONG, failure(longest + "x").getMessage());
    assertTrue(failure(longest + "x").isYaml());
  }

  @Test
  void countsBytesRatherThanCharacters() throws InvalidScriptException {
    int room = MAX_BYTES - SCRIPT.length();
    String longest = SCRIPT + "é".repeat(room / 2) + "x".repeat(room % 2);

    assertTrue(AppParser.parse(longest).tags().containsKey("a"));
    assertEquals(TOO_LONG, failure(longest + "x").getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "{a: ", "[a, ", "- ", "? ", "[{"})
  void deepNestingIsToldBeforeItIsFollowed(String opening) {
    assertEquals(TOO_DEEP, failure(opening.repeat(60_000 / opening.length())).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{"})
  void aHundredThousandBracketsAreTooLong(String opening) {
    assertEquals(TOO_LONG, failure(opening.repeat(100_000)).getMessage());
  }

  @Test
  void nestingIs16DeepAtMost() {
    assertEquals(
        "Line 1: an item must be a tag with its blocks, not a list.",
        failure("[".repeat(16) + "]".repeat(16)).getMessage());
    assertEquals(TOO_DEEP, failure("[".repeat(17) + "]".repeat(17)).getMessage());
  }

  @Test
  void nestingIsCountedDownAtItsEnd() {
    assertEquals(
        "Line 1: an item must be a tag with its blocks, not a list.",
        failure("[" + "[[[[]]]],".repeat(1_000) + "]").getMessage());
  }

  @Test
  void aliasesAreNotFollowed() {
    String bomb =
        "- &a0 [x]\n"
            + IntStream.rangeClosed(1, 30)
                .mapToObj(i -> "- &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "]\n")
                .collect(Collectors.joining());

    assertEquals(
        "Line 1: a script has no anchors and aliases;"
            + " a text that begins with '&' or '*' must be quoted.",
        failure(bomb).getMessage());
  }

  @Test
  void negatedTagsWithoutQuotesAreBoundedInLongTexts() {
    String names = "y" + ",y".repeat(30_000);
    String negated = IntStream.range(0, 500).mapToObj(i -> ",!t" + i).collect(Collectors.joining());
    String script = "- a:\n  - workers: '*'\n    affinity: [" + names + negated + "]";

    InvalidScriptException failure = assertTimeout(Duration.ofSeconds(10), () -> failure(script));

    assertTrue(
        failure.getMessage().endsWith("; a text that begins with '!' must be quoted."),
        failure.getMessage());
  }

  @Test
  void manyNegatedTagsWithoutQuotesFitInAShortText() throws InvalidScriptException {
    String negated =
        IntStream.range(0, 300).mapToObj(i -> "!t" + i).collect(Collectors.joining(","));

    assertEquals(
        300,
        AppParser.parse("- a: [{workers: '*', affinity: [" + negated + "]}]")
            .tags()
            .get("a")
            .blocks()
            .get(0)
            .affinity()
            .antiaffinity()
            .size());
  }

  @Test
  void columnsDoNotCountWhatMendsNegatedTags() {
    assertEquals(
        "Line 3, column 24: the text is no YAML: expected ',' or ']', but got <stream end>.",
        failure("- a:\n  - workers: '*'\n    affinity: [!b,!c,d ").getMessage());
  }

  private static InvalidScriptException failure(String script) {
    return assertThrows(InvalidScriptException.class, () -> AppParser.parse(script));
  }
}
