package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.named;
import static dev.funless.core.schedule.FixedWorker.unreported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a worker is not valid. */
class AppInvalidationTest {

  private static final String NONE = "No worker is valid for the tag 'f' of the script 's': ";

  private static final String CAPACITY = "too little memory is available";
  private static final String CAPACITY_USED = "capacity_used would be exceeded";
  private static final String CALLS = "max_concurrent_invocations is reached";
  private static final String OVERLOAD = "no place is free";

  /** What a worker of 1,000 bytes has available, what the function needs, and whether that goes. */
  @ParameterizedTest
  @CsvSource({
    "80%, 1000, 800, true",
    "80%, 1000, 801, false",
    "80%, 300, 100, true",
    "80%, 300, 101, false",
    "80%, 200, 0, true",
    "80%, 199, 0, false",
    "80, 300, 100, true",
    "80, 300, 101, false",
    "33.3%, 667, 0, true",
    "33.3%, 666, 0, false",
    "100%, 10, 10, true",
    "0, 1000, 0, true",
    "0, 1000, 1, false",
    "0, 999, 0, false"
  })
  void capacityUsedIsAPercentageOfTheTotalWithTheFunctionsOwn(
      String bound, long availableBytes, long capacityBytes, boolean valid) {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers: '*'", "invalidate:", "  capacity_used: " + bound)
            .needing(capacityBytes)
            .on(named("a").withMemory(1_000, availableBytes));

    assertEquals(valid ? "a" : NONE + CAPACITY_USED + ".", trial.outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 3, 0, true",
    "4, 4, 0, false",
    "4, 5, 0, false",
    "4, 0, 3, true",
    "4, 0, 4, false",
    "4, 2, 1, true",
    "4, 2, 2, false",
    "1, 0, 0, true",
    "1, 1, 0, false",
    "0, 0, 0, false",
    "2147483647, 100000, 100000, true"
  })
  void maxConcurrentInvocationsCountsAllCoresCalls(
      String bound, int own, int others, boolean valid) {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers: '*'", "invalidate:", "  max_concurrent_invocations: " + bound)
            .on(named("a").withSent(own).withOthers(others));

    assertEquals(valid ? "a" : NONE + CALLS + ".", trial.outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 0, true",
    "2, 2, 0, false",
    "2, 1, 1, false",
    "2, 0, 2, false",
    "1, 0, 0, true",
    "8, 7, 0, true",
    "8, 9, 0, false"
  })
  void overloadMeansThatNoPlaceIsFree(int places, int own, int others, boolean valid) {
    FixedWorker worker = named("a").withPlaces(places).withSent(own).withOthers(others);

    for (String form : new String[] {"invalidate: overload", "invalidate: {overload: true}"}) {
      assertEquals(
          valid ? "a" : NONE + OVERLOAD + ".",
          ScriptTrial.ofBlock("workers: '*'", form).on(worker).outcome());
    }
    assertEquals(
        "a",
        ScriptTrial.ofBlock("workers: '*'", "invalidate: {overload: false}").on(worker).outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "workers: '*'",
    "workers: [a]",
    "'workers: [{set: }]'",
    "'workers: [{wrk: a, invalidate: {max_concurrent_invocations: 9}}]'"
  })
  void theFunctionsCapacityAlwaysHolds(String workers) {
    ScriptTrial trial = ScriptTrial.ofBlock(workers).needing(1_000);

    assertEquals("a", trial.on(named("a").withMemory(1_000)).outcome());
    assertEquals(NONE + CAPACITY + ".", trial.on(named("a").withMemory(999)).outcome());
  }

  @Test
  void aWorkerThatHasNotReportedIsNotValid() {
    ScriptTrial trial = ScriptTrial.ofBlock("workers: '*'").needing(0);

    assertEquals("b", trial.on(unreported("a"), named("b")).outcome());
    assertEquals(NONE + "a worker has not reported yet.", trial.on(unreported("a")).outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 0, 0, a",
    "99, 0, 0, b",
    "100, 0, 0, a",
    "1000, 2, 1, b",
    "1000, 2, 0, a",
    "1000, 1, 1, a",
    "99, 9, 9, b"
  })
  void allConditionsHoldTogether(long availableBytes, int own, int others, String chosen) {
    FixedWorker a =
        named("a").withMemory(1_000, availableBytes).withPlaces(4).withSent(own).withOthers(others);
    String[] forms = {
      "invalidate: {capacity_used: 90, max_concurrent_invocations: 3, overload: true}",
      "invalidate: [{capacity_used: 90%}, {max_concurrent_invocations: 3}, overload]"
    };

    for (String form : forms) {
      assertEquals(
          chosen,
          ScriptTrial.ofBlock("workers: '*'", form)
              .needing(0)
              .on(a, named("b").unused())
              .outcome());
    }
  }

  @Test
  void everyReasonIsToldOnceInAFixedOrder() {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
                "workers: [f, e, d, c, b, a, a2, gone]",
                "invalidate: {capacity_used: 90, max_concurrent_invocations: 3, overload: true,"
                    + " max_latency: 5}",
                "affinity: [cache, '!heavy']")
            .needing(10)
            .calling("http://db")
            .on(
                unreported("f"),
                named("e").withMemory(1_000, 9),
                named("d").withMemory(1_000, 20),
                named("c").unused().withPlaces(9).withSent(3),
                named("b").unused().withPlaces(1).withSent(1),
                named("a").unused().near("http://db", 6),
                named("a2").unused().near("http://db", 5).running("heavy", "cache"),
                named("unnamed"));

    assertEquals(
        NONE
            + "a named worker is not there or takes no calls now; a worker has not reported yet; "
            + CAPACITY
            + "; "
            + CAPACITY_USED
            + "; "
            + CALLS
            + "; "
            + OVERLOAD
            + "; max_latency is exceeded; a function with an excluded tag is running.",
        trial.outcome());
  }

  @ParameterizedTest
  @CsvSource({"4, 9, a", "5, 9, b", "5, 10, none", "0, 10, a"})
  void anItemsConditionsReplaceTheBlocks(int callsOfA, int callsOfB, String chosen) {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
            "workers:",
            "  - wrk: a",
            "  - wrk: b",
            "    invalidate:",
            "      max_concurrent_invocations: 10",
            "invalidate:",
            "  max_concurrent_invocations: 5",
            "  capacity_used: 50");

    String outcome =
        trial
            .on(
                named("a").withMemory(1_000, 900).withSent(callsOfA),
                named("b").withMemory(1_000, 100).withSent(callsOfB))
            .outcome();
    assertEquals(chosen.equals("none") ? NONE + CALLS + "." : chosen, outcome);
  }

  @Test
  void anItemsOtherConditionsLiftTheBlocks() {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
            "workers:",
            "  - wrk: a",
            "    invalidate: overload",
            "invalidate:",
            "  max_concurrent_invocations: 0");

    assertEquals("a", trial.on(named("a").withSent(1)).outcome());
    assertEquals(NONE + OVERLOAD + ".", trial.on(named("a").withSent(2)).outcome());
  }
}
