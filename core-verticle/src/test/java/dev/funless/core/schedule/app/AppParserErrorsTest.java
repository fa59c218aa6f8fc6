package dev.funless.core.schedule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppParserErrorsTest {

  private static final String BLOCK = "- a:\n  - workers: '*'\n    ";

  static Stream<Arguments> scripts() {
    return Stream.of(
        arguments("", "Line 1: the script is empty."),
        arguments("# only a comment", "Line 1: the script is empty."),
        arguments("a:\n- workers: '*'", "Line 1: a script must be a list of tags, not a map."),
        arguments("text", "Line 1: a script must be a list of tags, not 'text'."),
        arguments("[]", "Line 1: a script must be a list of tags, not an empty list."),
        arguments("~", "Line 1: a script must be a list of tags, not '~'."),
        arguments("- a", "Line 1: an item must be a tag with its blocks, not 'a'."),
        arguments("- []", "Line 1: an item must be a tag with its blocks, not an empty list."),
        arguments("- {}", "Line 1: an item must be a tag with its blocks, not an empty map."),
        arguments("- [a]: b", "Line 1: a key must be a text, not a list."),
        arguments(
            "- followup: fail",
            "Line 1: an item must have a tag beside 'followup' and 'strategy'."),
        arguments(
            "- a:\n  - workers: '*'\n  folowup: default",
            "Line 3, tag 'a': there is no key 'folowup' beside a tag, only 'followup' and"
                + " 'strategy'."),
        arguments(
            "- a: [{workers: '*'}]\n  b: [{workers: '*'}]",
            "Line 2, tag 'a': there is no key 'b' beside a tag, only 'followup' and 'strategy'."),
        arguments("- ? [x]\n  : - workers: '*'", "Line 1: a key must be a text, not a list."),
        arguments("- \"\": [{workers: '*'}]", "Line 1: the tag's name is empty."),
        arguments("- ' ': [{workers: '*'}]", "Line 1: the tag's name is empty."),
        arguments(
            "- a:\n  - workers: '*'\n- b:\n  - workers: '*'\n- a:\n  - workers: '*'",
            "Line 5, tag 'a': the tag is already in line 1."),
        arguments(
            "- a: [{workers: '*'}]\n  a: [{workers: '*'}]",
            "Line 2, tag 'a': the key 'a' is given twice."),
        arguments("- a:", "Line 1, tag 'a': a tag must have a list of blocks, but is empty."),
        arguments(
            "- a: []", "Line 1, tag 'a': a tag must have a list of blocks, not an empty list."),
        arguments(
            "- a: {workers: '*'}", "Line 1, tag 'a': a tag must have a list of blocks, not a map."),
        arguments("- a: block", "Line 1, tag 'a': a tag must have a list of blocks, not 'block'."),
        arguments(
            "- a:\n  - b",
            "Line 2, tag 'a', block 1: a block must be a map with 'workers', not 'b'."),
        arguments("- a:\n  - {}", "Line 2, tag 'a', block 1: there is no 'workers'."),
        arguments(
            "- a:\n  - [workers]",
            "Line 2, tag 'a', block 1: a block must be a map with 'workers', not a list."),
        arguments(
            "- a:\n  - workers: '*'\n  - strategy: random",
            "Line 3, tag 'a', block 2: there is no 'workers'."),
        arguments(
            "- a:\n  - workers: '*'\n  followup: maybe",
            "Line 3, tag 'a': 'followup' must be default or fail, not 'maybe'."),
        arguments(
            "- a:\n  - workers: '*'\n  followup:",
            "Line 3, tag 'a': 'followup' must be default or fail, but is empty."),
        arguments(
            "- a:\n  - workers: '*'\n  strategy: platform",
            "Line 3, tag 'a': 'strategy' of a tag must be best-first or random, not 'platform'."),
        arguments(
            "- a:\n  - workers: '*'\n  followup: fail\n  followup: fail",
            "Line 4, tag 'a': the key 'followup' is given twice."),
        arguments(
            "- a:\n  - workers:",
            "Line 2, tag 'a', block 1: 'workers' must be \"*\" or a list of workers, but is"
                + " empty."),
        arguments(
            "- a:\n  - workers: [{set: a}]\n    strategy: platform",
            "Line 3, tag 'a', block 1: 'strategy' of a block of sets must be best-first or random,"
                + " not 'platform'."),
        arguments(
            "- a:\n  - workers: [{set: a}]\n    strategy: min_latency",
            "Line 3, tag 'a', block 1: 'strategy' of a block of sets must be best-first or random,"
                + " not 'min_latency'."),
        arguments(
            "- a:\n  - workers: '*'\n    affinity: [!!a ]",
            "Line 3: a script has no YAML types; a text that begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: '*'\n    affinity: [!a b]",
            "Line 3: a script has no YAML types; a text that begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: '*'\n    affinity: [!a%41]",
            "Line 3: a script has no YAML types; a text that begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: '*'\n    affinity: [! a]",
            "Line 3: a script has no YAML types; a text that begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: '*'\n    controller: c\n    topology_tolerance: some",
            "Line 4, tag 'a', block 1: 'topology_tolerance' must be all, same or none, not"
                + " 'some'."),
        arguments(
            "- a:\n  - workers: '*'\n    controller: !!str c",
            "Line 3: a script has no YAML types; a text that begins with '!' must be quoted."),
        arguments(
            "- a: !x\n  - workers: '*'",
            "Line 1: a script has no YAML types; a text that begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: *gpu",
            "Line 2: a script has no anchors and aliases; a text that begins with '&' or '*' must"
                + " be quoted."),
        arguments(
            "- a: &x\n  - workers: '*'",
            "Line 1: a script has no anchors and aliases; a text that begins with '&' or '*' must"
                + " be quoted."),
        arguments(
            "- a: [{workers: '*'}]\n---\n- b: [{workers: '*'}]",
            "Line 2: a script must be one document."),
        arguments(
            "- a:\r\n  - worker: 1\r\n", "Line 2, tag 'a', block 1: there is no key 'worker'."),
        arguments(
            "- \"x\\ny\\u2028\\u202e\\u0000\": 1",
            "Line 1, tag 'x?y???': a tag must have a list of blocks, not '1'."),
        arguments("- a\u2028b: 1", "Line 1, tag 'a?b': a tag must have a list of blocks, not '1'."),
        arguments("<<: x", "Line 1: a script must be a list of tags, not a map."),
        arguments(
            "- <<: []", "Line 1, tag '<<': a tag must have a list of blocks, not an empty list."));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void tellsWhatIsNoScript(String script, String sentence) {
    InvalidScriptException failure = failure(script);

    assertEquals(sentence, failure.getMessage());
    assertTrue(failure.isYaml());
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments(
            "- a:\n  - workers: '*'\n    affinity: [!é]",
            "Line 3, column 17: the text is no YAML: expected URI, but found é(233); a text that"
                + " begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: '*'\n    affinity: [!h!x]",
            "Line 3, column 16: the text is no YAML: found undefined tag handle !h!; a text that"
                + " begins with '!' must be quoted."),
        arguments(
            "- a:\n  - workers: *",
            "Line 2, column 15: the text is no YAML: unexpected character found ?(0); a star must"
                + " be quoted, as in workers: \"*\"."),
        arguments(
            "- a:\n  - workers: [*]",
            "Line 2, column 16: the text is no YAML: unexpected character found ](93); a star must"
                + " be quoted, as in workers: \"*\"."),
        arguments(
            "- a: [",
            "Line 1, column 7: the text is no YAML: expected the node content, but found '<stream"
                + " end>'."),
        arguments(
            "- a: {b",
            "Line 1, column 8: the text is no YAML: expected ',' or '}', but got <stream end>."),
        arguments(
            "- a:\n\t- b",
            "Line 2, column 1: the text is no YAML: found character '\\t(TAB)' that cannot start"
                + " any token."),
        arguments(
            "- a: 'b", "Line 1, column 8: the text is no YAML: found unexpected end of stream."),
        arguments(
            "- a: b: c",
            "Line 1, column 7: the text is no YAML: mapping values are not allowed here."),
        arguments(
            "a: 1\n b: 2",
            "Line 2, column 3: the text is no YAML: mapping values are not allowed here."),
        arguments(
            "- a: @b",
            "Line 1, column 6: the text is no YAML: found character '@' that cannot start any"
                + " token."),
        arguments(
            "- a: %80",
            "Line 1, column 6: the text is no YAML: found character '%' that cannot start any"
                + " token."),
        arguments(
            "- a: \u0007",
            "Line 1, column 6: the text is no YAML: the character U+0007 is not allowed."),
        arguments(
            "\"\\UFFFFFFFF\"",
            "Line 1, column 1: the text is no YAML: what follows cannot be read."),
        arguments(
            "- a: \"\\x4z\"",
            "Line 1, column 9: the text is no YAML: expected escape sequence of 2 hexadecimal"
                + " numbers, but found: 4z."),
        arguments(
            "- a:\n  - workers: '*'\n    RAW",
            "Line 3, column 8: the text is no YAML: could not find expected ':'."),
        arguments(
            "- a:\n  - affinity: [!b,!c]\n    workers: [!x,1,, b]",
            "Line 3, column 20: the text is no YAML: expected the node content, but found ','."),
        arguments(
            "- a: [{workers: '*', affinity: [!b]}, {workers: '*', affinity: [!b]}, {workers: *}]",
            "Line 1, column 82: the text is no YAML: unexpected character found }(125); a star must"
                + " be quoted, as in workers: \"*\"."),
        arguments(
            "- a:\n  - workers: '*'\n    x: [",
            "Line 3, column 9: the text is no YAML: expected the node content, but found '<stream"
                + " end>'."));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void tellsWhatIsNoYaml(String text, String sentence) {
    InvalidScriptException failure = failure(text);

    assertEquals(sentence, failure.getMessage());
    assertFalse(failure.isYaml());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          strategi: random | there is no key 'strategi'.
          strategy: fast | 'strategy' must be best-first, random, platform or min_latency, not 'fast'.
          strategy: Random | 'strategy' must be best-first, random, platform or min_latency, not 'Random'.
          strategy: [random] | 'strategy' must be best-first, random, platform or min_latency, not a list.
          strategy: {} | 'strategy' must be best-first, random, platform or min_latency, not an empty map.
          workers: '*' | the key 'workers' is given twice.
          followup: fail | there is no key 'followup'.
          {a: b}: c | a key must be a text, not a map.
          invalidate: | 'invalidate' must hold conditions or the word overload, but is empty.
          invalidate: never | 'invalidate' must hold conditions or the word overload, not 'never'.
          invalidate: [[overload]] | 'invalidate' must hold conditions or the word overload, not a list.
          invalidate: {capacity: 80} | there is no key 'capacity'.
          invalidate: [{max_latency: 1}, {max_latency: 1}] | the key 'max_latency' is given twice.
          invalidate: {max_latency: 1, max_latency: 1} | the key 'max_latency' is given twice.
          invalidate: [overload, {overload: false}] | the key 'overload' is given twice.
          invalidate: {capacity_used: } | 'capacity_used' must be a percentage from 0 to 100 in at most 15 digits, but is empty.
          invalidate: {capacity_used: [80]} | 'capacity_used' must be a percentage from 0 to 100 in at most 15 digits, not a list.
          invalidate: {max_concurrent_invocations: {}} | 'max_concurrent_invocations' must be a whole number from 0 to 2147483647, not an empty map.
          invalidate: {max_latency: } | 'max_latency' must be a number of milliseconds, 0 or more, in at most 15 digits, but is empty.
          invalidate: {overload: yes} | 'overload' must be true or false, not 'yes'.
          invalidate: {overload: 1} | 'overload' must be true or false, not '1'.
          invalidate: {overload: []} | 'overload' must be true or false, not an empty list.
          invalidate: {overload: ''} | 'overload' must be true or false, but is empty.
          affinity: | 'affinity' must be a list of tags, but is empty.
          affinity: cache | 'affinity' must be a list of tags, not 'cache'.
          affinity: [] | 'affinity' must be a list of tags, not an empty list.
          affinity: {} | 'affinity' must be a list of tags, not an empty map.
          affinity: [''] | a tag of 'affinity' is empty.
          affinity: ['!'] | a tag of 'affinity' is empty.
          affinity: [! ] | a tag of 'affinity' is empty.
          affinity: ['! a'] | a tag of 'affinity' must follow its one '!' at once, not '! a'.
          affinity: ['!!a'] | a tag of 'affinity' must follow its one '!' at once, not '!!a'.
          affinity: [a, '!a'] | the tag 'a' of 'affinity' is both wanted and negated.
          affinity: [a, a] | the tag 'a' of 'affinity' is listed twice.
          affinity: ['!a', '!a'] | the tag 'a' of 'affinity' is listed twice.
          affinity: [[a]] | a tag of 'affinity' must be a text, not a list.
          affinity: [{a: b}] | a tag of 'affinity' must be a text, not a map.
          controller: | the controller's name is empty.
          controller: [a] | the controller's name must be a text, not a list.
          topology_tolerance: same | 'topology_tolerance' needs a 'controller' beside it.
          """)
  void tellsWhatIsWrongInABlock(String key, String sentence) {
    assertEquals("Line 3, tag 'a', block 1: " + sentence, failure(BLOCK + key).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | 'workers' must be "*" or a list of workers, not an empty list.
          {} | 'workers' must be "*" or a list of workers, not an empty map.
          gpu1 | 'workers' must be "*" or a list of workers, not 'gpu1'.
          {wrk: a} | 'workers' must be "*" or a list of workers, not a map.
          [a, a] | the worker 'a' is listed twice.
          [a, {wrk: a}] | the worker 'a' is listed twice.
          ['*'] | "*" is no worker's name; for all workers it stands without a list.
          [''] | the worker's name is empty.
          [a, [b]] | an item of 'workers' must be a name, 'wrk' or 'set', not a list.
          [{set: '*'}] | "*" is no label; a set without a label is all workers.
          [a, {set: b}] | sets and names of workers do not mix in a block.
          [{set: b}, a] | sets and names of workers do not mix in a block.
          [{wrk: a, set: b}] | an item of 'workers' must have one of 'wrk' and 'set'.
          [{invalidate: overload}] | an item of 'workers' must have one of 'wrk' and 'set'.
          [{}] | an item of 'workers' must have one of 'wrk' and 'set'.
          [{wrk: }] | the worker's name is empty.
          [{wrk: a, strategy: random}] | there is no key 'strategy' beside 'wrk'.
          [{wrk: a, label: b}] | there is no key 'label'.
          [{wrk: [a]}] | the worker's name must be a text, not a list.
          [{set: [a]}] | the set's label must be a text, not a list.
          [{set: a, strategy: fast}] | 'strategy' must be best-first, random, platform or min_latency, not 'fast'.
          [{wrk: a, invalidate: {capacity_used: 101}}] | 'capacity_used' must be a percentage from 0 to 100 in at most 15 digits, not '101'.
          """)
  void tellsWhatIsWrongWithWorkers(String workers, String sentence) {
    assertEquals(
        "Line 2, tag 'a', block 1: " + sentence,
        failure("- a:\n  - workers: " + workers).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "101",
        "-1",
        "80 %",
        "NaN",
        ".nan",
        ".inf",
        "1e400",
        "1e1",
        "0x50",
        "+80",
        ".5",
        "80.",
        "80%%",
        "80.12345678901234",
        "0000000000000080",
        "eighty",
        "~"
      })
  void capacityIsAPercentage(String value) {
    assertEquals(
        "Line 3, tag 'a', block 1: 'capacity_used' must be a percentage from 0 to 100 in at most 15"
            + " digits, not '"
            + value
            + "'.",
        failure(BLOCK + "invalidate: {capacity_used: \"" + value + "\"}").getMessage());
    assertEquals(
        "Line 3, tag 'a', block 1: 'capacity_used' must be a percentage from 0 to 100 in at most 15"
            + " digits, not '"
            + value
            + "'.",
        failure(BLOCK + "invalidate: {capacity_used: " + value + "}").getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "4.0", "2147483648", "99999999999999999999", "4%", "0x4", "1_000", "many"})
  void invocationsAreAWholeNumber(String value) {
    assertEquals(
        "Line 3, tag 'a', block 1: 'max_concurrent_invocations' must be a whole number from 0 to"
            + " 2147483647, not '"
            + value
            + "'.",
        failure(BLOCK + "invalidate: {max_concurrent_invocations: \"" + value + "\"}")
            .getMessage());
    assertEquals(
        "Line 3, tag 'a', block 1: 'max_concurrent_invocations' must be a whole number from 0 to"
            + " 2147483647, not '"
            + value
            + "'.",
        failure(BLOCK + "invalidate: {max_concurrent_invocations: " + value + "}").getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", ".inf", "NaN", "10ms", "1e400", "1234567890123456"})
  void latencyIsANumberOfMilliseconds(String value) {
    assertEquals(
        "Line 3, tag 'a', block 1: 'max_latency' must be a number of milliseconds, 0 or more, in at"
            + " most 15 digits, not '"
            + value
            + "'.",
        failure(BLOCK + "invalidate: {max_latency: \"" + value + "\"}").getMessage());
    assertEquals(
        "Line 3, tag 'a', block 1: 'max_latency' must be a number of milliseconds, 0 or more, in at"
            + " most 15 digits, not '"
            + value
            + "'.",
        failure(BLOCK + "invalidate: {max_latency: " + value + "}").getMessage());
  }

  @Test
  void blocksAreCountedPerTag() {
    assertEquals(
        "Line 6, tag 'b', block 3: there is no key 'x'.",
        failure(
                """
                - a:
                  - workers: '*'
                - b:
                  - workers: '*'
                  - workers: '*'
                  - x: 1
                """)
            .getMessage());
  }

  @Test
  void repeatsNoMoreThan40CharactersOfTheText() {
    String dots = "😀".repeat(40);

    assertEquals(
        "Line 3, tag 'a', block 1: there is no key '" + dots + "'.",
        failure(BLOCK + dots + ": 1").getMessage());
    assertEquals(
        "Line 3, tag 'a', block 1: there is no key '" + dots + "…'.",
        failure(BLOCK + dots + "x: 1").getMessage());
    assertEquals(
        "Line 1: the tag's name '" + "x".repeat(40) + "…' has more than 160 characters.",
        failure("- " + "x".repeat(161) + ": []").getMessage());
    assertEquals(
        "Line 1, column 87: the text is no YAML: found a number which cannot represent a valid"
            + " version: "
            + "9".repeat(40)
            + "….",
        failure("%YAML " + "9".repeat(80) + ".1\n---\na").getMessage());
  }

  @Test
  void theFirstOfManyErrorsIsTold() {
    assertEquals(
        "Line 2, tag 'a', block 1: there is no key 'x'.",
        failure("- a:\n  - x: 1\n    y: 2\n- b: 3").getMessage());
  }

  private static InvalidScriptException failure(String script) {
    return assertThrows(InvalidScriptException.class, () -> AppParser.parse(script));
  }
}
