package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to run on a worker, and what must not. */
class AppAffinityTest {

  private static final String NONE = "No worker is valid for the tag 'f' of the script 's': ";
  private static final String LACKS = NONE + "no function with a tag of the affinity is running.";
  private static final String HAS = NONE + "a function with an excluded tag is running.";

  /** {@code running} has dots between tags. */
  @ParameterizedTest
  @CsvSource({
    "[cache], cache, yes",
    "[cache], cache.other, yes",
    "[cache], '', lacks",
    "[cache], other, lacks",
    "[cache], f, lacks",
    "'[cache, db]', cache.db, yes",
    "'[cache, db]', cache, lacks",
    "'[cache, db]', db, lacks",
    "['!heavy'], '', yes",
    "['!heavy'], cache, yes",
    "['!heavy'], heavy, has",
    "['!heavy'], cache.heavy, has",
    "'[''!heavy'', ''!slow'']', slow, has",
    "'[''!heavy'', ''!slow'']', f, yes",
    "'[cache, ''!heavy'']', cache, yes",
    "'[cache, ''!heavy'']', cache.heavy, has",
    "'[cache, ''!heavy'']', '', lacks",
    "'[cache, ''!heavy'']', heavy, lacks",
    "['!f'], f, has",
    "[f], f, yes"
  })
  void holdsAgainstWhatIsRunning(String affinity, String running, String expected) {
    String outcome =
        ScriptTrial.ofBlock("workers: '*'", "affinity: " + affinity)
            .on(named("a").running(running.split("\\.")))
            .outcome();

    assertEquals(
        switch (expected) {
          case "yes" -> "a";
          case "lacks" -> LACKS;
          default -> HAS;
        },
        outcome);
  }

  @Test
  void eachWorkerIsHeldAgainstWhatRunsThere() {
    ScriptTrial trial = ScriptTrial.ofBlock("workers: '*'", "affinity: [cache, '!heavy']");

    assertEquals(
        "d",
        trial
            .on(
                named("a"),
                named("b").running("heavy"),
                named("c").running("heavy", "cache"),
                named("d").running("cache"))
            .outcome());
  }

  @Test
  void isDirectional() {
    String script =
        """
        - a:
            - workers: '*'
              affinity: [b, '!c']
        - b:
            - workers: '*'
        - c:
            - workers: '*'
        """;
    FixedWorker worker = named("w").running("a");

    assertEquals("w", ScriptTrial.of(script).tagged("b").on(worker).outcome());
    assertEquals("w", ScriptTrial.of(script).tagged("c").on(worker).outcome());
  }

  @Test
  void aSecondBlockStartsWhatTheFirstIsAffineTo() {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: '*'
                  affinity: [f, '!heavy']
                - workers: '*'
                  strategy: platform
                  affinity: ['!heavy']
            """);
    FixedWorker heavy = named("a").withMemory(2L << 30).running("heavy");

    assertEquals("c", trial.on(heavy, named("b").withMemory(1), named("c")).outcome());
    assertEquals("b", trial.on(heavy, named("b").running("f"), named("c")).outcome());
    assertEquals(
        NONE
            + "no function with a tag of the affinity is running; a function with an excluded tag"
            + " is running.",
        trial.on(heavy).outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "'workers: [{wrk: a, invalidate: overload}, {wrk: b}]'",
    "'workers: [{set: x, invalidate: overload}, {set: y}]'"
  })
  void holdsForItemsWithConditionsOfTheirOwn(String workers) {
    ScriptTrial trial = ScriptTrial.ofBlock(workers, "affinity: ['!heavy']");

    assertEquals(
        "b", trial.on(named("a").tagged("x").running("heavy"), named("b").tagged("y")).outcome());
  }
}
