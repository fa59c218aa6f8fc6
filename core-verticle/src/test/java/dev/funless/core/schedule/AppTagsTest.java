package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of a script's tags and blocks decides. */
class AppTagsTest {

  private static final String NOBODY_ELSE = "a named worker is not there or takes no calls now";

  @ParameterizedTest
  @CsvSource({"own, a", "other, b", "unknown, c", "'', c", "default, c", "Own, c"})
  void theFunctionsTagDecidesAndTheDefaultTagForAllOthers(String tag, String worker) {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - own:
                - workers: [a]
            - default:
                - workers: [c]
            - other:
                - workers: [b]
            """);

    assertEquals(worker, trial.on(named("a"), named("b"), named("c")).tagged(tag).outcome());
  }

  @Test
  void aScriptWithNeitherTagHasNoWorker() {
    ScriptTrial trial = ScriptTrial.of("- own:\n    - workers: '*'\n").on(named("a"));

    assertEquals(
        "The script 's' has neither the tag 'other' nor the tag 'default'.",
        trial.tagged("other").outcome());
    assertEquals(
        "The script 's' has neither the tag '' nor the tag 'default'.", trial.tagged("").outcome());
    assertEquals(
        "The script 's' has neither the tag '" + "x".repeat(40) + "…' nor the tag 'default'.",
        trial.tagged("x".repeat(41)).outcome());
  }

  @Test
  void aScriptThatIsNotThereHasNoWorker() {
    assertEquals(
        new Selection.None("There is no script 'gone'."),
        new AppPolicy()
            .select(
                new AppConfig("gone"),
                List.of(named("a")),
                Situations.needing(1),
                Situations.chance(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "followup: default | b",
        "followup: fail | No worker is valid for the tag 'f' of the script 's': "
            + NOBODY_ELSE
            + ".",
        "strategy: best-first | No worker is valid for the tag 'f' of the script 's': "
            + NOBODY_ELSE
            + ".",
      })
  void theFollowupSaysWhatComesBehindTheLastBlock(String key, String outcome) {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: [gone]
              %s
            - default:
                - workers: [b]
            """
                .formatted(key));

    assertEquals(outcome, trial.on(named("a"), named("b")).outcome());
  }

  @Test
  void theFollowupIsOnlyTakenWhereNoBlockHasAWorker() {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: [gone]
                - workers: [a]
              followup: default
            - default:
                - workers: [b]
            """);

    assertEquals("a", trial.on(named("a"), named("b")).outcome());
  }

  @Test
  void aFollowupWithoutADefaultTagFails() {
    ScriptTrial trial =
        ScriptTrial.of("- f:\n    - workers: [gone]\n  followup: default\n").on(named("a"));

    assertEquals(
        "No worker is valid for the tag 'f' of the script 's': " + NOBODY_ELSE + ".",
        trial.outcome());
  }

  @ParameterizedTest
  @CsvSource({"default", "unknown"})
  void theDefaultTagDoesNotFollowItself(String tag) {
    ScriptTrial trial =
        ScriptTrial.of("- default:\n    - workers: [gone]\n  followup: default\n").on(named("a"));

    assertEquals(
        "No worker is valid for the tag 'default' of the script 's': " + NOBODY_ELSE + ".",
        trial.tagged(tag).outcome());
    assertEquals(1, trial.explained().size(), "its block is looked at once");
  }

  @Test
  void reasonsOfTheFollowupAreToldWithTheTagsOwn() {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: '*'
                  invalidate:
                    max_concurrent_invocations: 0
              followup: default
            - default:
                - workers: '*'
                  affinity: [cache]
            """);

    assertEquals(
        "No worker is valid for the tag 'f' of the script 's': max_concurrent_invocations is"
            + " reached; no function with a tag of the affinity is running.",
        trial.on(named("a")).outcome());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, a", "4, 1, b", "4, 4, c"})
  void theFirstBlockWithAValidWorkerDecides(int callsOfA, int callsOfB, String worker) {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: [a]
                  invalidate:
                    max_concurrent_invocations: 4
                - workers: [b]
                  invalidate:
                    max_concurrent_invocations: 2
                - workers: '*'
                  strategy: platform
            """);

    assertEquals(
        worker,
        trial
            .on(
                named("a").withSent(callsOfA),
                named("b").withSent(callsOfB),
                named("c").withMemory(2L << 30))
            .outcome());
  }

  @Test
  void aNamedWorkerThatIsThereIsNotSaidToBeMissing() {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers: [a, b]", "invalidate:", "  max_concurrent_invocations: 0");
    String full = "max_concurrent_invocations is reached";
    String sentence = "No worker is valid for the tag 'f' of the script 's': %s.";

    assertEquals(sentence.formatted(full), trial.on(named("a"), named("b")).outcome());
    assertEquals(
        sentence.formatted(NOBODY_ELSE + "; " + full), trial.on(named("a"), named("c")).outcome());
  }

  @Test
  void aSetWithoutWorkersIsSaidToBeEmpty() {
    ScriptTrial trial =
        ScriptTrial.ofBlock("workers:", "  - set: gpu").on(named("a").tagged("cpu"));

    assertEquals(
        "No worker is valid for the tag 'f' of the script 's': a set has no worker that takes calls"
            + " now.",
        trial.outcome());
  }
}
