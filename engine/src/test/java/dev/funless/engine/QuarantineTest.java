package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a function that never ends can take from its neighbours. */
class QuarantineTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(8);

  @Test
  void functionThatNeverEndsLeavesAPlaceToItsNeighbours() {
    try (var guests = new Guests(config(2))) {
      LoadedFunction loop = guests.load("loop");
      LoadedFunction echo = guests.load("echo");
      strike(guests, loop);
      List<CompletableFuture<Outcome>> endless = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        endless.add(guests.start(loop, Guests.call("{}", LONG, Guests.LIMITS)));
      }
      for (int i = 0; i < 50; i++) {
        assertEquals("[2]", guests.answer(echo, "[2]"));
      }
      assertFalse(endless.stream().anyMatch(CompletableFuture::isDone));
      assertEquals(1, guests.engine.stats().running());
    }
  }

  @Test
  void fewCallsOfAFunctionInQuarantineWait() {
    try (var guests = new Guests(config(2))) {
      LoadedFunction loop = guests.load("loop");
      strike(guests, loop);
      int taken = 0;
      while (guests.engine.submit(loop, Guests.call("{}", LONG, Guests.LIMITS), _ -> {})) {
        taken++;
      }
      assertEquals(5, taken, "one that runs, and four that wait");
      assertEquals("[2]", guests.answer(guests.load("echo"), "[2]"));
    }
  }

  @Test
  void callsOfAFunctionInQuarantineRunOneAfterTheOther() {
    try (var guests = new Guests(config(2))) {
      LoadedFunction loop = guests.load("loop");
      strike(guests, loop);
      var first = guests.start(loop, Guests.call("{}", Duration.ofMillis(200), Guests.LIMITS));
      var second = guests.start(loop, Guests.call("{}", Duration.ofMillis(400), Guests.LIMITS));
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(first)).reason());
      assertFalse(second.isDone());
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(second)).reason());
    }
  }

  @Test
  void callThatEndsByItselfEndsTheQuarantine() {
    try (var guests = new Guests(config(2))) {
      LoadedFunction modes = guests.load("modes");
      for (int i = 0; i < Conduct.STRIKES; i++) {
        assertDeadline(guests, modes, "l");
      }
      assertTrue(modes.conduct().quarantined());
      assertEquals("[1]", guests.answer(modes, " "));
      assertFalse(modes.conduct().quarantined());
      var both =
          List.of(
              guests.start(modes, Guests.call("l", Duration.ofMillis(500), Guests.LIMITS)),
              guests.start(modes, Guests.call("l", Duration.ofMillis(500), Guests.LIMITS)));
      both.forEach(
          call -> assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(call)).reason()));
    }
  }

  @Test
  void functionThatWaitsIntoItsDeadlineIsNotToBlame() {
    try (var guests = new Guests(config(1))) {
      LoadedFunction sleeps = guests.load("sleeps");
      for (int i = 0; i <= Conduct.STRIKES; i++) {
        Outcome outcome =
            guests.run(sleeps, Guests.call("60000", Duration.ofMillis(300), Guests.LIMITS));
        assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason(), outcome::toString);
      }
      assertFalse(sleeps.conduct().quarantined());
    }
  }

  @Test
  void engineOfOnePlaceRunsNeighboursFirst() {
    try (var guests = new Guests(config(1))) {
      LoadedFunction loop = guests.load("loop");
      LoadedFunction echo = guests.load("echo");
      strike(guests, loop);
      var running = guests.start(loop, Guests.call("{}", Duration.ofMillis(300), Guests.LIMITS));
      var waiting = guests.start(loop, Guests.call("{}", LONG, Guests.LIMITS));
      var neighbour = guests.start(echo, Guests.call("[2]"));
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(running)).reason());
      assertEquals("[2]", Guests.answerOf(Guests.await(neighbour)));
      assertFalse(waiting.isDone());
    }
  }

  private static void strike(Guests guests, LoadedFunction function) {
    for (int i = 0; i < Conduct.STRIKES; i++) {
      assertDeadline(guests, function, "{}");
    }
    assertTrue(function.conduct().quarantined());
  }

  private static void assertDeadline(Guests guests, LoadedFunction function, String input) {
    Outcome outcome = guests.run(function, Guests.call(input, SHORT, Guests.LIMITS));
    assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason(), outcome::toString);
  }

  private static EngineConfig config(int running) {
    return new EngineConfig(running, 2, 100, 256L * Guests.PAGE, 1 << 20);
  }
}
