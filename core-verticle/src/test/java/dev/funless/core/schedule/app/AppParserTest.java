package dev.funless.core.schedule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.schedule.app.AppScript.Affinity;
import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.AppScript.TopologyTolerance;
import dev.funless.core.schedule.app.AppScript.Workers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppParserTest {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;
  private static final int ANY_NUMBER = Integer.MAX_VALUE;

  @Test
  void readsAPlainScriptWithItsLines() throws InvalidScriptException {
    AppScript script =
        AppParser.parse(
            """
            # What the images need.
            - image_work:
                - workers: [gpu1, gpu2]
                  strategy: random
                  invalidate:
                    capacity_used: 80%
                    max_concurrent_invocations: 4
                  affinity: [cache, "!heavy"]
                - workers: "*"
              followup: default
            - default:
                - workers: "*"
                  strategy: platform
            """);

    Block first =
        new Block(
            1,
            3,
            new Workers.Named(
                List.of(named("gpu1", 3), named("gpu2", 3)), Map.of("gpu1", 0, "gpu2", 1)),
            Strategy.RANDOM,
            new Invalidate(5, 80, 4, false, UNBOUNDED),
            new Affinity(8, List.of("cache"), List.of("heavy")),
            Optional.empty(),
            TopologyTolerance.ALL);
    assertEquals(List.of("image_work", "default"), List.copyOf(script.tags().keySet()));
    assertEquals(
        new Tag(
            "image_work",
            2,
            List.of(first, everywhere(2, 9, Strategy.BEST_FIRST)),
            Strategy.BEST_FIRST,
            Followup.DEFAULT),
        script.tags().get("image_work"));
    assertEquals(
        new Tag(
            "default",
            11,
            List.of(everywhere(1, 12, Strategy.PLATFORM)),
            Strategy.BEST_FIRST,
            Followup.FAIL),
        script.tags().get("default"));
  }

  @Test
  void readsTopologyWithItsLines() throws InvalidScriptException {
    AppScript script =
        AppParser.parse(
            """
            - strategy: random
              near:
                - controller: core1
                  topology_tolerance: same
                  strategy: random
                  invalidate: overload
                  workers:
                    - set: gpu
                      strategy: min_latency
                      invalidate:
                        - max_latency: 12.5
                        - overload
                    - set:
                - workers:
                    - wrk: a
                      invalidate: {capacity_used: 5}
                    - b
                  controller: core2
            """);

    Tag near = script.tags().get("near");
    assertEquals(2, near.line());
    assertEquals(Strategy.RANDOM, near.strategy());
    assertEquals(
        List.of(
            new Block(
                1,
                3,
                new Workers.Sets(
                    List.of(
                        new SetItem(
                            "gpu",
                            8,
                            Strategy.MIN_LATENCY,
                            Optional.of(new Invalidate(10, UNBOUNDED, ANY_NUMBER, true, 12.5))),
                        new SetItem("", 13, Strategy.PLATFORM, Optional.empty()))),
                Strategy.RANDOM,
                new Invalidate(6, UNBOUNDED, ANY_NUMBER, true, UNBOUNDED),
                Affinity.NONE,
                Optional.of("core1"),
                TopologyTolerance.SAME),
            new Block(
                2,
                14,
                new Workers.Named(
                    List.of(
                        new NamedItem(
                            "a",
                            15,
                            Optional.of(new Invalidate(16, 5, ANY_NUMBER, false, UNBOUNDED))),
                        named("b", 17)),
                    Map.of("a", 0, "b", 1)),
                Strategy.BEST_FIRST,
                Invalidate.NEVER,
                Affinity.NONE,
                Optional.of("core2"),
                TopologyTolerance.ALL)),
        near.blocks());
  }

  @ParameterizedTest
  @CsvSource({
    "best-first, BEST_FIRST",
    "best_first, BEST_FIRST",
    "random, RANDOM",
    "'\"random\"', RANDOM",
    "platform, PLATFORM",
    "min_latency, MIN_LATENCY"
  })
  void readsStrategies(String text, Strategy strategy) throws InvalidScriptException {
    assertEquals(strategy, block("strategy: " + text).strategy());
    assertEquals(
        strategy,
        ((Workers.Sets) workers("[{set: a, strategy: " + text + "}]")).items().get(0).strategy());
  }

  @ParameterizedTest
  @CsvSource({"best-first, BEST_FIRST", "best_first, BEST_FIRST", "random, RANDOM"})
  void readsStrategiesThatOrder(String text, Strategy strategy) throws InvalidScriptException {
    String script = "- a:\n  - workers: [{set: a}]\n    strategy: " + text;

    assertEquals(strategy, tag(script).blocks().get(0).strategy());
    assertEquals(strategy, tag("- a: [{workers: '*'}]\n  strategy: " + text).strategy());
  }

  @ParameterizedTest
  @CsvSource({"default, DEFAULT", "fail, FAIL"})
  void readsFollowups(String text, Followup followup) throws InvalidScriptException {
    assertEquals(followup, tag("- a: [{workers: '*'}]\n  followup: " + text).followup());
  }

  @ParameterizedTest
  @CsvSource({"all, ALL", "same, SAME", "none, NONE"})
  void readsTolerances(String text, TopologyTolerance tolerance) throws InvalidScriptException {
    Block block = block("controller: c\n    topology_tolerance: " + text);

    assertEquals(tolerance, block.topologyTolerance());
    assertEquals(Optional.of("c"), block.controller());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80|80",
        "80.5|80.5",
        "80%|80",
        "80.5%|80.5",
        "'\"80%\"'|80",
        "'\"80\"'|80",
        "0|0",
        "100|100",
        "100.0%|100",
        "008|8",
        "0.00000000000001|0.00000000000001"
      })
  void readsCapacityAsAPercentage(String text, double percent) throws InvalidScriptException {
    assertEquals(
        new Invalidate(3, percent, ANY_NUMBER, false, UNBOUNDED),
        block("invalidate: {capacity_used: " + text + "}").invalidate());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4, 4", "'\"4\"', 4", "010, 10", "2147483647, 2147483647"})
  void readsTheMostInvocations(String text, int invocations) throws InvalidScriptException {
    assertEquals(
        new Invalidate(3, UNBOUNDED, invocations, false, UNBOUNDED),
        block("invalidate: {max_concurrent_invocations: " + text + "}").invalidate());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "10, 10", "10.25, 10.25", "999999999999999, 999999999999999"})
  void readsTheHighestLatency(String text, double millis) throws InvalidScriptException {
    assertEquals(
        new Invalidate(3, UNBOUNDED, ANY_NUMBER, false, millis),
        block("invalidate: {max_latency: " + text + "}").invalidate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "overload|true",
        "'\"overload\"'|true",
        "[overload]|true",
        "{overload}|true",
        "{overload: }|true",
        "{overload: ~}|true",
        "{overload: null}|true",
        "{overload: true}|true",
        "{overload: True}|true",
        "[overload: TRUE]|true",
        "{overload: false}|false",
        "{overload: False}|false",
        "{overload: FALSE}|false",
        "{}|false",
        "[]|false"
      })
  void readsOverload(String text, boolean overload) throws InvalidScriptException {
    assertEquals(
        new Invalidate(3, UNBOUNDED, ANY_NUMBER, overload, UNBOUNDED),
        block("invalidate: " + text).invalidate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{capacity_used: 80, max_concurrent_invocations: 4, overload: true, max_latency: 7}",
        "[{capacity_used: 80}, {max_concurrent_invocations: 4}, overload, {max_latency: 7}]",
        "[{overload: , max_latency: 7}, {max_concurrent_invocations: 4, capacity_used: 80%}]",
        "\n    - capacity_used: 80\n    - overload\n    - max_latency: 7\n"
            + "      max_concurrent_invocations: 4"
      })
  void mergesConditions(String text) throws InvalidScriptException {
    assertEquals(new Invalidate(3, 80, 4, true, 7), block("invalidate: " + text).invalidate());
  }

  @Test
  void namesAreTakenAsTheyAreWritten() throws InvalidScriptException {
    Workers.Named named =
        (Workers.Named)
            workers("[1, 0x10, 1.0, true, null, ~, 'a b', \"é\", {wrk: 08}, !x, a@10.0.0.1:80]");

    assertEquals(
        List.of("1", "0x10", "1.0", "true", "null", "~", "a b", "é", "08", "!x", "a@10.0.0.1:80"),
        named.items().stream().map(NamedItem::name).toList());
    assertEquals(8, named.places().get("08"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{set: gpu}|gpu",
        "{set: 1}|1",
        "{set: \"null\"}|null",
        "{set: null}|",
        "{set: ~}|",
        "{set: }|",
        "{set: \"\"}|"
      })
  void readsLabelsOfSets(String item, String label) throws InvalidScriptException {
    Workers.Sets sets = (Workers.Sets) workers("[" + item + "]");

    assertEquals(label == null ? "" : label, sets.items().get(0).label());
  }

  @Test
  void aSetMayBeListedTwice() throws InvalidScriptException {
    Workers.Sets sets =
        (Workers.Sets) workers("[{set: a, invalidate: {capacity_used: 50}}, {set: a}]");

    assertEquals(2, sets.items().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'*'", "\"*\""})
  void theStarIsAllWorkers(String star) throws InvalidScriptException {
    assertEquals(new Workers.All(), workers(star));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[b, \"!c\", d, '!e']",
        "[b, !c , d, !e ]",
        "[b, !c, d, !e]",
        "[b,!c,d,!e]",
        "[!c,!e,b,d]",
        "[b, !c\n    , d, !e\n    ]",
        "\n    - b\n    - !c\n    - d\n    - !e",
        "\n    - b\n    - \"!c\"\n    - d\n    - !e # away"
      })
  void negatedTagsNeedNoQuotes(String affinity) throws InvalidScriptException {
    assertEquals(
        new Affinity(3, List.of("b", "d"), List.of("c", "e")),
        block("affinity: " + affinity).affinity());
  }

  @Test
  void quotedTextKeepsWhatLooksLikeNegatedTags() throws InvalidScriptException {
    assertEquals(
        new Affinity(3, List.of("x,!y,!z"), List.of("b", "c")),
        block("affinity: [!b,'x,!y,!z',!c]").affinity());
  }

  @Test
  void linesAreThoseOfTheTextWithEveryLineBreak() throws InvalidScriptException {
    AppScript script =
        AppParser.parse("\uFEFF- a:\r\n  - workers: '*'\r- b:\n  - workers: '*'\r\n");

    assertEquals(1, script.tags().get("a").line());
    assertEquals(3, script.tags().get("b").line());
    assertEquals(4, script.tags().get("b").blocks().get(0).line());
  }

  @Test
  void aScriptMayBeJson() throws InvalidScriptException {
    String json = "[{\"a\": [{\"workers\": [\"w\"], \"strategy\": \"random\"}]}]";

    assertEquals(Strategy.RANDOM, tag(json).blocks().get(0).strategy());
  }

  @Test
  void directivesAndMarkersOfTheOneDocumentAreNoMatter() throws InvalidScriptException {
    assertTrue(
        AppParser.parse("%YAML 1.2\n---\n- a:\n  - workers: '*'\n...\n").tags().containsKey("a"));
  }

  @Test
  void tagsOf160CharactersAreTaken() throws InvalidScriptException {
    String name = "x".repeat(160);

    assertEquals(name, AppParser.parse("- " + name + ": [{workers: '*'}]").tags().get(name).name());
  }

  private static Workers workers(String text) throws InvalidScriptException {
    return tag("- a:\n  - workers: " + text).blocks().get(0).workers();
  }

  private static Block block(String keys) throws InvalidScriptException {
    return tag("- a:\n  - workers: '*'\n    " + keys).blocks().get(0);
  }

  private static Tag tag(String script) throws InvalidScriptException {
    return AppParser.parse(script).tags().get("a");
  }

  private static NamedItem named(String name, int line) {
    return new NamedItem(name, line, Optional.empty());
  }

  private static Block everywhere(int number, int line, Strategy strategy) {
    return new Block(
        number,
        line,
        new Workers.All(),
        strategy,
        Invalidate.NEVER,
        Affinity.NONE,
        Optional.empty(),
        TopologyTolerance.ALL);
  }
}
