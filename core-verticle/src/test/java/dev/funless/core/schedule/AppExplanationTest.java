package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static dev.funless.core.schedule.FixedWorker.unreported;
import static dev.funless.shared.protocol.message.Decision.Outcome.CHOSEN;
import static dev.funless.shared.protocol.message.Decision.Outcome.PASSED_OVER;
import static dev.funless.shared.protocol.message.Decision.Outcome.RULED_OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Place;
import dev.funless.shared.protocol.message.Decision.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a decision by a script tells of each worker, with tag, block and line. */
class AppExplanationTest {

  private static final String DB = "http://db";

  private static Verdict verdict(
      String worker, Outcome outcome, String reason, String tag, int block, int line) {
    return new Verdict(worker, outcome, reason, Optional.of(new Place(tag, block, line)));
  }

  @Test
  void tellsTheFiguresOfEveryConditionAndItsLine() {
    ScriptTrial trial =
        ScriptTrial.of(
                """
                - other:
                    - workers: '*'
                - f:
                    - workers: '*'
                      strategy: platform
                      affinity: [cache, "!heavy"]
                      invalidate:
                        capacity_used: 80%
                        max_concurrent_invocations: 3
                        overload: true
                        max_latency: 5
                """)
            .needing(1024)
            .calling(DB)
            .on(
                named("a").withMemory(10 * 1024, 1023),
                named("b").withMemory(10 * 1024, 2 * 1024),
                named("c").unused().withPlaces(9).withSent(1).withOthers(2),
                named("d").unused().withSent(2),
                named("e").unused().near(DB, 5.5),
                named("g").unused().near(DB, 1),
                named("h").unused().near(DB, 1).running("cache", "heavy"),
                named("i").near(DB, 1).running("cache").withSent(1),
                named("j").unused().near(DB, 1).running("cache"),
                unreported("k"));

    assertEquals(
        List.of(
            verdict(
                "a",
                RULED_OUT,
                "0 KiB of memory are available, the function needs 1 KiB",
                "f",
                1,
                4),
            verdict("b", RULED_OUT, "capacity_used would be 90.0%, above 80%", "f", 1, 7),
            verdict(
                "c", RULED_OUT, "has 3 invocations, max_concurrent_invocations is 3", "f", 1, 7),
            verdict("d", RULED_OUT, "overload: has 2 calls on 2 places", "f", 1, 7),
            verdict("e", RULED_OUT, "the latency is 5.500 ms, above max_latency 5", "f", 1, 7),
            verdict("g", RULED_OUT, "no function tagged 'cache' is running there", "f", 1, 6),
            verdict("h", RULED_OUT, "a function tagged 'heavy' is running there", "f", 1, 6),
            verdict("i", RULED_OUT, "capacity_used would be 99.9%, above 80%", "f", 1, 7),
            verdict("j", CHOSEN, "platform: 1024 MiB of memory available, 0 calls sent", "f", 1, 4),
            verdict("k", RULED_OUT, "has not reported yet", "f", 1, 4)),
        trial.explained());
  }

  @Test
  void tellsOfNamedWorkersTheirNumberAndWhoIsMissing() {
    ScriptTrial trial =
        ScriptTrial.of(
                """
                - f:
                    - workers:
                        - wrk: gone
                        - wrk: c
                        - wrk: a
                          invalidate:
                            max_concurrent_invocations: 1
                        - wrk: b
                """)
            .on(named("a").withSent(1), named("b"), named("c"), named("d"));

    assertEquals(
        List.of(
            verdict(
                "a", RULED_OUT, "has 1 invocations, max_concurrent_invocations is 1", "f", 1, 6),
            verdict("b", PASSED_OVER, "best-first: number 4", "f", 1, 2),
            verdict("c", CHOSEN, "best-first: number 2", "f", 1, 2),
            verdict("gone", RULED_OUT, "is not there, or takes no calls now", "f", 1, 3)),
        trial.explained());
  }

  @Test
  void tellsOfAllBlocksThatWereTriedAndOfNoOther() {
    ScriptTrial trial =
        ScriptTrial.of(
                """
                - f:
                    - workers: [b]
                      affinity: [cache]
                    - controller: there
                      topology_tolerance: none
                      workers: [a]
                  followup: default
                - default:
                    - controller: there
                      topology_tolerance: same
                      workers: '*'
                      strategy: random
                    - workers: '*'
                """)
            .beside("there", "south")
            .on(named("a").in("north"), named("b").in("south"));

    String closed = "the block is for the core 'there', topology_tolerance is none";
    assertEquals(
        List.of(
            verdict("b", RULED_OUT, "no function tagged 'cache' is running there", "f", 1, 3),
            verdict("a", RULED_OUT, closed, "f", 2, 4),
            verdict("b", RULED_OUT, closed, "f", 2, 4),
            verdict("a", RULED_OUT, "is in the zone 'north', not in 'south'", "default", 1, 9),
            verdict("b", CHOSEN, "random", "default", 1, 9)),
        trial.explained());
  }

  @Test
  void tellsOfSetsTheirLineAndTheOwnZone() {
    ScriptTrial trial =
        ScriptTrial.of(
                """
                - f:
                    - workers:
                        - set: none
                        - set: y
                          invalidate: overload
                        - set: x
                          strategy: random
                      invalidate:
                        max_concurrent_invocations: 8
                """)
            .on(
                named("a").tagged("x").in("north"),
                named("b").tagged("y").withSent(2),
                named("c").tagged("x").in("south"),
                named("d").tagged("x").withSent(8));

    assertEquals(
        List.of(
            verdict("b", RULED_OUT, "overload: has 2 calls on 2 places", "f", 1, 5),
            verdict("a", CHOSEN, "random; in the core's own zone", "f", 1, 6),
            verdict("c", PASSED_OVER, "random", "f", 1, 6),
            verdict(
                "d", RULED_OUT, "has 8 invocations, max_concurrent_invocations is 8", "f", 1, 8)),
        trial.explained());
  }

  @Test
  void tellsLatencies() {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers: '*'", "strategy: min_latency")
            .calling(DB)
            .on(named("a").near(DB, 2.25), named("b").near(DB, 1), named("c").withMemory(MIB));

    assertEquals(
        List.of(
            verdict("a", PASSED_OVER, "min_latency: 2.250 ms", "f", 1, 2),
            verdict("b", CHOSEN, "min_latency: 1 ms", "f", 1, 2),
            verdict("c", PASSED_OVER, "min_latency: 999999 ms", "f", 1, 2)),
        trial.explained());
  }

  @Test
  void aScriptWithoutAFittingTagLooksAtNobody() {
    assertEquals(
        List.of(), ScriptTrial.of("- other:\n    - workers: '*'\n").on(named("a")).explained());
  }
}
