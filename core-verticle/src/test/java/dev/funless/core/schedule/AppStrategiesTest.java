package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a block picks among valid workers. */
class AppStrategiesTest {

  private static final int DRAWS = 3_000;

  private static final String[] KINDS = {"workers: '*'", "workers: [c, a, b, gone]"};

  @ParameterizedTest
  @ValueSource(strings = {"workers: [c, a, b]", "workers: [gone, c, b, a]"})
  void bestFirstTakesTheFirstOfTheText(String workers) {
    for (String strategy : new String[] {"best-first", "best_first"}) {
      ScriptTrial trial = ScriptTrial.ofBlock(workers, "strategy: " + strategy);
      assertEquals("c", trial.on(named("a"), named("b"), named("c")).outcome());
    }
    assertEquals(
        "c", ScriptTrial.ofBlock(workers).on(named("a"), named("b"), named("c")).outcome());
  }

  @Test
  void bestFirstTakesTheNextWhereTheFirstIsNotValid() {
    ScriptTrial trial = ScriptTrial.ofBlock("workers: [c, a, b]").needing(MIB);

    assertEquals("a", trial.on(named("a"), named("b"), named("c").withMemory(MIB - 1)).outcome());
    assertEquals("b", trial.on(named("b"), named("c").withMemory(MIB - 1)).outcome());
  }

  @Test
  void bestFirstOfAllIsByName() {
    ScriptTrial trial = ScriptTrial.ofBlock("workers: '*'").needing(MIB);

    assertEquals("a", trial.on(named("c"), named("a"), named("b")).outcome());
    assertEquals("b", trial.on(named("c"), named("a").withMemory(0), named("b")).outcome());
  }

  @Test
  void ofNamesakesBestFirstTakesEach() {
    ScriptTrial trial = ScriptTrial.ofBlock("workers: [a]");
    FixedWorker full = named("a").withMemory(0);

    assertEquals("a", trial.on(full, named("a")).outcome());
    assertEquals("a", trial.on(named("a"), full).outcome());
  }

  @Test
  void randomTakesEachValidWorkerAsOften() {
    for (String kind : KINDS) {
      Map<String, Integer> taken =
          ScriptTrial.ofBlock(kind, "strategy: random")
              .needing(MIB)
              .on(named("a"), named("b"), named("c"), named("full").withMemory(0))
              .outcomes(DRAWS);

      assertEquals(Set.of("a", "b", "c"), taken.keySet());
      taken.values().forEach(times -> assertTrue(times > 900 && times < 1_100, taken::toString));
    }
  }

  @Test
  void randomLeavesOutWhatIsNotValid() {
    assertEquals(
        Map.of("b", 200),
        ScriptTrial.ofBlock(
                "workers: '*'",
                "strategy: random",
                "invalidate:",
                "  max_concurrent_invocations: 3")
            .on(named("a").withSent(3), named("b").withSent(2), named("c").withOthers(4))
            .outcomes(200));
  }

  @ParameterizedTest
  @CsvSource({
    "500, 300, 0, 0, a",
    "300, 500, 0, 0, b",
    "300, 300, 1, 0, b",
    "300, 300, 0, 1, a",
    "100, 300, 0, 9, b"
  })
  void platformIsTheDefaultPolicy(long memoryOfA, long memoryOfB, int ofA, int ofB, String chosen) {
    for (String workers : new String[] {"workers: '*'", "workers: [b, a]"}) {
      assertEquals(
          chosen,
          ScriptTrial.ofBlock(workers, "strategy: platform")
              .on(
                  named("a").withMemory(memoryOfA * MIB).withSent(ofA),
                  named("b").withMemory(memoryOfB * MIB).withSent(ofB))
              .outcome());
    }
  }

  @Test
  void platformPicksOnlyAmongTheValid() {
    assertEquals(
        "small",
        ScriptTrial.ofBlock("workers: '*'", "strategy: platform", "invalidate: overload")
            .on(named("large").withSent(2), named("small").withMemory(MIB))
            .outcome());
  }

  @Test
  void platformLeavesEqualsToChance() {
    Map<String, Integer> taken =
        ScriptTrial.ofBlock("workers: '*'", "strategy: platform")
            .on(named("a"), named("b"), named("c").withMemory(MIB))
            .outcomes(DRAWS);

    assertEquals(Set.of("a", "b"), taken.keySet());
    taken.values().forEach(times -> assertEquals(DRAWS / 2, times, 150));
  }

  @Test
  void bestFirstOfATagTakesBlocksFromTheTop() {
    assertEquals(Map.of("a", 100), blocksOf("best-first").outcomes(100));
  }

  @Test
  void randomOfATagReachesEveryBlockAsOften() {
    Map<String, Integer> taken = blocksOf("random").outcomes(DRAWS);

    assertEquals(Set.of("a", "b", "c"), taken.keySet());
    taken.values().forEach(times -> assertTrue(times > 900 && times < 1_100, taken::toString));
  }

  private static ScriptTrial blocksOf(String strategy) {
    return ScriptTrial.of(
            """
            - f:
                - workers: [a]
                - workers: [b]
                - workers: [gone]
                - workers: [c]
              strategy: %s
            """
                .formatted(strategy))
        .on(named("a"), named("b"), named("c"));
  }

  @Test
  void randomOfATagTriesAllBlocksBeforeTheFollowup() {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: [gone]
                - workers: [a]
              strategy: random
              followup: default
            - default:
                - workers: [b]
            """);

    assertEquals(Map.of("a", 50), trial.on(named("a"), named("b")).outcomes(50));
    assertEquals(Map.of("b", 50), trial.on(named("b")).outcomes(50));
  }
}
