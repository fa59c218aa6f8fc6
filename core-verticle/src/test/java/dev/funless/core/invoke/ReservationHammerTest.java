package dev.funless.core.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds of scripts hold at every moment, whatever workers do, and nothing stays reserved. */
class ReservationHammerTest {

  private static final Set<String> ALL_OUTCOMES =
      Set.of("ok", "trap", "busy", "deadline", "worker_lost", "no_valid_worker");

  private static String bounded(int calls) {
    return """
    - f:
        - workers: "*"
          strategy: random
          invalidate:
            max_concurrent_invocations: %d
    """
        .formatted(calls);
  }

  private static Held atMost(int calls) {
    return new Held(tags -> tags.size() <= calls);
  }

  @ParameterizedTest
  @CsvSource({"1, 21", "1, 22", "1, 23", "3, 24", "3, 25", "3, 26"})
  void noWorkerEverHasMoreCallsThanTheScriptAllows(int bound, long seed) throws Exception {
    Held held = atMost(bound);
    try (Hammer hammer = new Hammer(bounded(bound), held, seed, "f")) {
      hammer.run();

      assertEquals(List.of(), held.violations());
      assertEquals(bound, held.most(), "the bound was never reached");
      assertAllEnded(hammer, "f");
      assertEquals(ALL_OUTCOMES, hammer.outcomes);
    }
  }

  @Test
  void aScriptWithAHigherBoundIsFoundOut() throws Exception {
    Held held = atMost(3);
    try (Hammer hammer = new Hammer(bounded(4), held, 27, "f")) {
      hammer.run();

      assertFalse(held.violations().isEmpty());
    }
  }

  private static final String APART =
      """
      - heavy:
          - workers: "*"
            strategy: random
            affinity: ["!light"]
            invalidate:
              max_concurrent_invocations: 3
      - light:
          - workers: "*"
            strategy: platform
            affinity: ["!heavy"]
            invalidate:
              max_concurrent_invocations: 4
      """;

  private static Held apart() {
    return new Held(tags -> !tags.containsAll(Set.of("heavy", "light")));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void functionsThatAvoidEachOtherNeverMeet(long seed) throws Exception {
    Held held = apart();
    try (Hammer hammer = new Hammer(APART, held, seed, "heavy", "light")) {
      hammer.run();

      assertEquals(List.of(), held.violations());
      assertEquals(Set.of("heavy", "light"), held.seenTags());
      assertTrue(held.most() > 1, "no two calls ever were on a worker");
      assertAllEnded(hammer, "heavy", "light");
    }
  }

  @Test
  void functionsOfWhichOneDoesNotAvoidTheOtherAreSeenToMeet() throws Exception {
    Held held = apart();
    String oneWay = APART.replace("affinity: [\"!heavy\"]", "affinity: [\"!other\"]");
    try (Hammer hammer = new Hammer(oneWay, held, 34, "heavy", "light")) {
      hammer.run();

      assertFalse(held.violations().isEmpty());
    }
  }

  private static void assertAllEnded(Hammer hammer, String... tags) throws Exception {
    assertEquals(hammer.started(), hammer.answers.size());
    hammer.answers.forEach((id, times) -> assertEquals(1, times, id));
    assertEquals(0, hammer.scheduler.calls());
    assertEquals(Set.of(), hammer.reserved(tags));
  }
}
