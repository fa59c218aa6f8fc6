package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No call ever sees what another one left. */
class IsolationTest {

  /** Global, memory, pages, table entry, table sizes, passive data, passive elements. */
  private static final String FRESH = "[0,0,1,0,2,0,7]";

  /** What the module "state" can change, a bit each; the last one ends in a trap. */
  private static final int CHANGES = 13;

  private static final int TRAPS = 1 << (CHANGES - 1);

  private static final int ANSWERS_WHAT_IT_LEFT = 1 << CHANGES;

  private final Random random = new Random(11);

  @Test
  void noCallSeesWhatAnEarlierOneLeft() {
    try (var guests = new Guests()) {
      LoadedFunction traces = guests.load("traces");
      for (int i = 0; i < 20; i++) {
        assertEquals(FRESH, guests.answer(traces, "{}"));
      }
    }
  }

  /** Each kind of change alone, so that none hides behind another that has the instance dropped. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void everyKindOfChangeIsUndone(int change) {
    try (var guests = new Guests()) {
      LoadedFunction state = guests.load("state");
      String fresh = digest(guests, state, 0);
      for (int i = 0; i < 3; i++) {
        assertEquals(fresh, digest(guests, state, 1 << change));
      }
      assertEquals(fresh, digest(guests, state, 0));
    }
  }

  @Test
  void trapLeavesNothing() {
    try (var guests = new Guests()) {
      LoadedFunction state = guests.load("state");
      String fresh = digest(guests, state, 0);
      Outcome trapped = guests.run(state, changing(TRAPS | random.nextInt(TRAPS)));
      assertEquals(Reason.TRAP, Guests.failureOf(trapped).reason());
      assertEquals(fresh, digest(guests, state, 0));
    }
  }

  @Test
  void noCallSeesWhatOthersDoAtTheSameTime() {
    try (var guests = new Guests(new EngineConfig(4, 0, 4000, 2000L * Guests.PAGE, 1 << 20))) {
      LoadedFunction state = guests.load("state");
      String fresh = digest(guests, state, 0);
      var outcomes = new ArrayList<CompletableFuture<Outcome>>();
      for (int i = 0; i < 4000; i++) {
        int rarelyTraps = i % 10 == 0 ? TRAPS : 0;
        outcomes.add(guests.start(state, changing(random.nextInt(TRAPS) | rarelyTraps)));
      }
      int answered = 0;
      for (CompletableFuture<Outcome> outcome : outcomes) {
        switch (Guests.await(outcome)) {
          case Outcome.Answered answer -> {
            assertEquals(fresh, Guests.answerOf(answer));
            answered++;
          }
          case Outcome.Failed failed -> assertEquals(Reason.TRAP, failed.reason());
        }
      }
      assertEquals(3600, answered);
    }
  }

  /** The digest would be of no use if it missed a change. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void digestShowsEveryKindOfChange(int change) {
    try (var guests = new Guests()) {
      LoadedFunction state = guests.load("state");
      String unchanged = digest(guests, state, ANSWERS_WHAT_IT_LEFT);
      assertNotEquals(unchanged, digest(guests, state, ANSWERS_WHAT_IT_LEFT | 1 << change));
    }
  }

  @Test
  void instancesAreReusedWhereTheyCanBeReset() {
    try (var guests = new Guests()) {
      LoadedFunction state = guests.load("state");
      for (int change : List.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11)) {
        digest(guests, state, 1 << change);
        assertEquals(1, guests.engine.idleInstances(state), "change " + change);
      }
      digest(guests, state, 1 << 6);
      assertEquals(0, guests.engine.idleInstances(state), "a table cannot shrink");
      guests.run(state, changing(TRAPS));
      assertEquals(0, guests.engine.idleInstances(state), "a trap may leave anything");
      assertEquals(0, guests.engine.stats().memoryReservedBytes());
    }
  }

  private String digest(Guests guests, LoadedFunction state, int changes) {
    return Guests.answerOf(guests.run(state, changing(changes)));
  }

  private static Call changing(int changes) {
    return new Call(
        input(changes),
        System.nanoTime() + Duration.ofSeconds(60).toNanos(),
        Guests.LIMITS,
        Map.of(),
        Guests.NO_HTTP,
        () -> true);
  }

  private static byte[] input(int changes) {
    return new byte[] {(byte) changes, (byte) (changes >> 8)};
  }
}
