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

/** Cores, zones and sets. */
class AppTopologyTest {

  private static final int DRAWS = 3_000;
  private static final String NONE = "No worker is valid for the tag 'f' of the script 's': ";
  private static final String OTHER_CORE = NONE + "a block is for another core.";
  private static final String OTHER_ZONE =
      NONE + "a worker is not in the zone of the block's core.";
  private static final String EMPTY = NONE + "a set has no worker that takes calls now.";

  /** The script's core is the one that decides, another one, or one that is not there. */
  @ParameterizedTest
  @CsvSource({
    "here, all, a",
    "here, same, a",
    "here, none, a",
    "there, all, a",
    "there, same, b",
    "there, none, closed",
    "gone, all, a",
    "gone, same, closed",
    "gone, none, closed",
    "there, '', a",
    "gone, '', a"
  })
  void toleranceSaysWhatIsLeftOfABlockForAnotherCore(
      String controller, String tolerance, String outcome) {
    String[] kinds = {
      "workers: '*'", "workers: [a, b]", "workers: [{set: , strategy: best-first}]"
    };
    for (String workers : kinds) {
      String[] keys =
          tolerance.isEmpty()
              ? new String[] {"controller: " + controller, workers}
              : new String[] {
                "controller: " + controller, "topology_tolerance: " + tolerance, workers
              };
      assertEquals(
          outcome.equals("closed") ? OTHER_CORE : outcome,
          ScriptTrial.ofBlock(keys)
              .beside("there", "south")
              .on(named("a").in("north"), named("b").in("south"))
              .outcome());
    }
  }

  @Test
  void sameHasNoWorkerWhereTheOtherCoresZoneHasNone() {
    ScriptTrial trial =
        ScriptTrial.ofBlock("controller: there", "topology_tolerance: same", "workers: '*'")
            .beside("there", "south");

    assertEquals(OTHER_ZONE, trial.on(named("a").in("north"), named("b")).outcome());
  }

  @Test
  void aClosedBlockIsFollowedByTheNext() {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - controller: there
                  topology_tolerance: none
                  workers: [a]
                - controller: here
                  topology_tolerance: none
                  workers: [b]
            """);

    assertEquals("b", trial.on(named("a"), named("b")).outcome());
  }

  @ParameterizedTest
  @CsvSource({"gpu, b", "cpu, a", "none, empty", "'', a"})
  void aSetIsTheWorkersOfATagOrAll(String label, String outcome) {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers:", "  - set: " + label, "    strategy: best-first")
            .on(
                named("a").tagged("cpu"),
                named("b").tagged("gpu"),
                named("c").tagged("gpu"),
                named("d"));

    assertEquals(outcome.equals("empty") ? EMPTY : outcome, trial.outcome());
  }

  @ParameterizedTest
  @CsvSource({"best-first, first", "platform, large", "min_latency, near", "'', large"})
  void aSetHasAStrategyOfItsOwn(String strategy, String outcome) {
    String[] keys =
        strategy.isEmpty()
            ? new String[] {"workers:", "  - set: x"}
            : new String[] {"workers:", "  - set: x", "    strategy: " + strategy};
    ScriptTrial trial =
        ScriptTrial.ofBlock(keys)
            .calling("http://db")
            .on(
                named("a").withMemory(1L << 40).near("http://db", 0),
                named("first").tagged("x").withMemory(MIB).near("http://db", 9),
                named("near").tagged("x").withMemory(MIB).near("http://db", 1).withSent(1),
                named("large").tagged("x").withMemory(2 * MIB).near("http://db", 8).withSent(2),
                named("z").tagged("x").withMemory(MIB).near("http://db", 7));

    assertEquals(outcome, trial.outcome());
  }

  @Test
  void randomOfASetReachesEachOfItAsOften() {
    Map<String, Integer> taken =
        ScriptTrial.ofBlock("workers:", "  - set: x", "    strategy: random")
            .on(named("a").tagged("x"), named("b"), named("c").tagged("x"), named("d").tagged("x"))
            .outcomes(DRAWS);

    assertEquals(Set.of("a", "c", "d"), taken.keySet());
    taken.values().forEach(times -> assertTrue(times > 900 && times < 1_100, taken::toString));
  }

  @ParameterizedTest
  @CsvSource({"4, 0, b", "3, 0, a", "3, 9, a", "4, 1, none"})
  void aSetsConditionsReplaceTheBlocks(int callsOfA, int callsOfB, String outcome) {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
            "workers:",
            "  - set: x",
            "    invalidate: {max_concurrent_invocations: 4}",
            "  - set: y",
            "invalidate: {max_concurrent_invocations: 1}");

    assertEquals(
        outcome.equals("none") ? NONE + "max_concurrent_invocations is reached." : outcome,
        trial
            .on(
                named("a").tagged("x").withSent(callsOfA),
                named("b").tagged("y").withSent(callsOfB))
            .outcome());
  }

  @Test
  void bestFirstOfSetsIsTheOrderOfTheText() {
    String[] keys = {"workers:", "  - set: none", "  - set: y", "  - set: x"};
    FixedWorker a = named("a").tagged("x").withMemory(2L << 30);

    assertEquals(
        Map.of("b", 100), ScriptTrial.ofBlock(keys).on(a, named("b").tagged("y")).outcomes(100));
    assertEquals(
        Map.of("a", 100),
        ScriptTrial.ofBlock(keys)
            .needing(MIB)
            .on(a, named("b").tagged("y").withMemory(0))
            .outcomes(100));
  }

  @Test
  void randomOfSetsReachesEachSetAsOftenWhateverItsSize() {
    Map<String, Integer> taken =
        ScriptTrial.ofBlock(
                "workers:", "  - set: x", "  - set: y", "  - set: none", "strategy: random")
            .on(named("a").tagged("x"), named("b").tagged("y"), named("c").tagged("y"))
            .outcomes(DRAWS);

    assertEquals(Set.of("a", "b", "c"), taken.keySet());
    assertEquals(DRAWS / 2, taken.get("a"), 150);
    assertEquals(DRAWS / 4, taken.get("b"), 150);
    assertEquals(DRAWS / 4, taken.get("c"), 150);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "platform"})
  void insideASetTheOwnZoneIsPreferred(String strategy) {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers:", "  - set: x", "    strategy: " + strategy)
            .on(
                named("a").tagged("x").in("south").withMemory(2L << 30),
                named("b").tagged("x").in("north"),
                named("c").tagged("x").in("north"),
                named("d").tagged("x").in("").withMemory(2L << 30),
                named("e").in("north"))
            .inZone("north");

    assertEquals(Set.of("b", "c"), trial.outcomes(200).keySet());
    assertEquals(Map.of("a", 50), trial.inZone("south").outcomes(50));
    assertEquals(
        strategy.equals("random") ? Set.of("a", "b", "c", "d") : Set.of("a", "d"),
        trial.inZone("west").outcomes(200).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "platform"})
  void otherZonesAreTakenWhereTheOwnHasNoValidWorker(String strategy) {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
                "workers:", "  - set: x", "    strategy: " + strategy, "    invalidate: overload")
            .on(named("a").tagged("x").in("south"), named("b").tagged("x").in("north").withSent(2));

    assertEquals(Map.of("a", 50), trial.outcomes(50));
  }

  @Test
  void theOwnZoneDoesNotReorderSets() {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers:", "  - set: x", "  - set: y")
            .on(named("a").tagged("y").in("north"), named("b").tagged("x").in("south"));

    assertEquals(Map.of("b", 50), trial.outcomes(50));
  }

  @ParameterizedTest
  @CsvSource({
    "'workers: [{set: x, strategy: best-first}]', a",
    "'workers: [{set: x, strategy: min_latency}]', a",
    "'workers: [a, b]', a",
    "'workers: [{wrk: a}, {wrk: b}]', a",
    "workers: '*', a"
  })
  void elsewhereTheOwnZoneIsNotPreferred(String workers, String outcome) {
    ScriptTrial trial =
        ScriptTrial.ofBlock(workers)
            .calling("http://db")
            .on(
                named("a").tagged("x").in("south").near("http://db", 1),
                named("b").tagged("x").in("north").near("http://db", 2));

    assertEquals(outcome, trial.outcome());
  }

  @ParameterizedTest
  @CsvSource({"workers: '*'", "'workers: [a, b]'"})
  void randomAndPlatformOfABlockDoNotPreferTheOwnZone(String workers) {
    FixedWorker south = named("a").in("south").withMemory(2 * MIB);
    FixedWorker north = named("b").in("north").withMemory(MIB);

    assertEquals(
        Set.of("a", "b"),
        ScriptTrial.ofBlock(workers, "strategy: random").on(south, north).outcomes(100).keySet());
    assertEquals(
        "a", ScriptTrial.ofBlock(workers, "strategy: platform").on(south, north).outcome());
  }

  @Test
  void toleranceHoldsForSetsWithConditionsOfTheirOwn() {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
                "controller: there",
                "topology_tolerance: same",
                "workers:",
                "  - set: x",
                "    invalidate: overload")
            .beside("there", "south")
            .on(named("a").tagged("x").in("north"), named("b").tagged("x").in("south"));

    assertEquals(Map.of("b", 50), trial.outcomes(50));
  }
}
