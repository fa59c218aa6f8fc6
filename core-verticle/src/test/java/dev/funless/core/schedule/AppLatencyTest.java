package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Latencies to the function's services, and what calls cost. */
class AppLatencyTest {

  private static final String DB = "http://db.example:5984";
  private static final String CACHE = "http://cache.example";
  private static final String TOO_FAR =
      "No worker is valid for the tag 'f' of the script 's': max_latency is exceeded.";

  private final FixedWorker nearDb = named("nearDb").near(DB, 2).near(CACHE, 20);
  private final FixedWorker nearCache = named("nearCache").near(DB, 15).near(CACHE, 1);

  @Test
  void minLatencyTakesTheLeastSumOfTheServices() {
    for (String workers : new String[] {"workers: '*'", "workers: [nearDb, nearCache]"}) {
      ScriptTrial trial =
          ScriptTrial.ofBlock(workers, "strategy: min_latency").on(nearDb, nearCache);
      assertEquals("nearDb", trial.calling(DB).outcome());
      assertEquals("nearCache", trial.calling(CACHE).outcome());
      assertEquals("nearCache", trial.calling(DB, CACHE).outcome());
    }
  }

  /** 2*A + n*B: with nearDb 4 + 20n, with nearCache 30 + n. */
  @ParameterizedTest
  @CsvSource({
    "'{}', nearDb",
    "'{\"n\": 1}', nearDb",
    "'{\"n\": 2}', nearCache",
    "'{\"n\": [1, 2]}', nearCache",
    "'{\"n\": true}', nearDb",
    "'{\"n\": -5}', nearDb",
    "'{\"n\": \"9\"}', nearDb",
    "'no json', nearDb"
  })
  void parametersOfTheCostComeFromTheArguments(String args, String chosen) {
    assertEquals(
        chosen,
        ScriptTrial.ofBlock("workers: '*'", "strategy: min_latency")
            .calling(DB, CACHE)
            .costing("2*A + nat(n)*B")
            .withArgs(args)
            .on(nearDb, nearCache)
            .outcome());
  }

  @Test
  void minLatencyLeavesEqualsToChance() {
    Map<String, Integer> taken =
        ScriptTrial.ofBlock("workers: '*'", "strategy: min_latency")
            .on(nearDb, nearCache)
            .outcomes(3_000);

    assertEquals(2, taken.size(), "a function without services costs nothing anywhere");
    taken.values().forEach(times -> assertEquals(1_500, times, 150));
  }

  @Test
  void minLatencyPicksOnlyAmongTheValid() {
    assertEquals(
        "nearCache",
        ScriptTrial.ofBlock("workers: '*'", "strategy: min_latency", "affinity: ['!heavy']")
            .calling(DB)
            .on(nearDb.running("heavy"), nearCache)
            .outcome());
  }

  @ParameterizedTest
  @CsvSource({"7, 7, true", "7, 7.001, false", "7, 0, true", "0, 0, true", "0, 0.1, false"})
  void maxLatencyIsStillValid(String bound, double millis, boolean valid) {
    for (String strategy : new String[] {"best-first", "min_latency", "random", "platform"}) {
      assertEquals(
          valid ? "a" : TOO_FAR,
          ScriptTrial.ofBlock(
                  "workers: '*'",
                  "strategy: " + strategy,
                  "invalidate: {max_latency: " + bound + "}")
              .calling(DB)
              .on(named("a").near(DB, millis))
              .outcome());
    }
  }

  @Test
  void maxLatencyHoldsTheWholeCost() {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers: '*'", "invalidate: {max_latency: 22}")
            .on(nearCache, nearDb)
            .calling(DB, CACHE);

    assertEquals("nearCache", trial.outcome());
    assertEquals("nearDb", trial.costing("max(A, B)*1 + A").outcome());
    assertEquals(TOO_FAR, trial.costing("A + B + n").withArgs("{\"n\":7}").outcome());
  }

  @Test
  void anUnknownLatencyIsTheWorst() {
    FixedWorker unknown = named("a");
    FixedWorker far = named("b").near(DB, 999_998);
    ScriptTrial near = ScriptTrial.ofBlock("workers: '*'", "strategy: min_latency");

    assertEquals("b", near.calling(DB).on(unknown, far).outcome());
    assertEquals("a", near.on(unknown).outcome(), "it is valid all the same");
    assertEquals(
        "a",
        ScriptTrial.ofBlock("workers: '*'", "invalidate: {max_latency: 999999}")
            .calling(DB)
            .on(unknown)
            .outcome());
    assertEquals(
        TOO_FAR,
        ScriptTrial.ofBlock("workers: '*'", "invalidate: {max_latency: 999998}")
            .calling(DB)
            .on(unknown)
            .outcome());
  }

  @Test
  void anItemsMaxLatencyReplacesTheBlocks() {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
                "workers: [{wrk: nearCache}, {wrk: nearDb, invalidate: {max_latency: 2}}]",
                "invalidate: {max_latency: 1}")
            .calling(DB);

    assertEquals("nearDb", trial.on(nearDb, nearCache).outcome());
    assertEquals("nearDb", trial.on(nearDb.near(DB, 2), nearCache).outcome());
    assertEquals(TOO_FAR, trial.on(nearDb.near(DB, 2.5), nearCache).outcome());
  }
}
