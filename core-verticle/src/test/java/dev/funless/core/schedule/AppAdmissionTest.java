package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.shared.protocol.message.Admission;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chosen worker itself is to hold the call against. */
class AppAdmissionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategy: random",
        "affinity: [cache]",
        "invalidate: {capacity_used: 80, overload: true, max_latency: 9}",
        "controller: here"
      })
  void isOpenWithoutABoundOnCallsAndWithoutExcludedTags(String key) {
    assertEquals(
        Admission.OPEN,
        ScriptTrial.ofBlock("workers: '*'", key)
            .calling("http://db")
            .on(named("a").unused().near("http://db", 9).running("cache"))
            .admission());
  }

  @Test
  void carriesTheBoundOnCalls() {
    for (String workers : new String[] {"workers: '*'", "workers: [a]", "workers: [{set: }]"}) {
      assertEquals(
          new Admission(3, List.of()),
          ScriptTrial.ofBlock(workers, "invalidate: {max_concurrent_invocations: 3}")
              .on(named("a"))
              .admission());
    }
  }

  @Test
  void carriesTheExcludedTags() {
    assertEquals(
        new Admission(Integer.MAX_VALUE, List.of("heavy", "slow")),
        ScriptTrial.ofBlock("workers: '*'", "affinity: ['!heavy', cache, '!slow']")
            .on(named("a").running("cache"))
            .admission());
  }

  @Test
  void isThatOfTheItemWhereThatHasConditionsOfItsOwn() {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
            "workers:",
            "  - wrk: a",
            "    invalidate: {max_concurrent_invocations: 7}",
            "  - wrk: b",
            "    invalidate: overload",
            "  - wrk: c",
            "invalidate: {max_concurrent_invocations: 3}",
            "affinity: ['!heavy']");

    assertEquals(new Admission(7, List.of("heavy")), trial.on(named("a")).admission());
    assertEquals(
        new Admission(Integer.MAX_VALUE, List.of("heavy")), trial.on(named("b")).admission());
    assertEquals(new Admission(3, List.of("heavy")), trial.on(named("c")).admission());
  }

  @Test
  void isThatOfTheSetWhereThatHasConditionsOfItsOwn() {
    ScriptTrial trial =
        ScriptTrial.ofBlock(
            "workers:",
            "  - set: x",
            "    invalidate: {max_concurrent_invocations: 7}",
            "  - set: y",
            "invalidate: {max_concurrent_invocations: 3}");

    assertEquals(new Admission(7, List.of()), trial.on(named("a").tagged("x")).admission());
    assertEquals(new Admission(3, List.of()), trial.on(named("a").tagged("y")).admission());
  }

  @Test
  void isThatOfTheBlockThatDecides() {
    ScriptTrial trial =
        ScriptTrial.of(
            """
            - f:
                - workers: '*'
                  invalidate: {max_concurrent_invocations: 1}
                - workers: '*'
                  invalidate: {max_concurrent_invocations: 2}
              followup: default
            - default:
                - workers: '*'
            """);

    assertEquals(new Admission(1, List.of()), trial.on(named("a")).admission());
    assertEquals(new Admission(2, List.of()), trial.on(named("a").withSent(1)).admission());
    assertEquals(Admission.OPEN, trial.on(named("a").withSent(2)).admission());
  }
}
