package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits that each call brings along: of its tables, and of its stack. */
class LimitsTest {

  private static final int LARGE_STACK = 128 << 20;

  private static Guests guests;
  private static LoadedFunction function;

  @BeforeAll
  static void load() {
    guests = new Guests(new EngineConfig(2, 0, 100, 256L * Guests.PAGE, 1 << 20));
    function = guests.load("limits");
  }

  @AfterAll
  static void close() {
    guests.close();
  }

  @Test
  void tableGrowsAsFarAsTheCallAllows() {
    assertEquals("true", Guests.answerOf(call("t", 100, 0)));
    assertEquals("false", Guests.answerOf(call("t", 99, 0)));
    assertEquals("true", Guests.answerOf(call("t", 100, 0)));
  }

  @Test
  void functionWhoseTableStartsLargerIsNotRun() {
    Outcome.Failed failed = Guests.failureOf(call("t", 49, 0));
    assertEquals(Reason.MEMORY_LIMIT, failed.reason());
    assertEquals(
        "The function starts with 50 entries in a table; its limit is 49.", failed.message());
  }

  @Test
  void eachCallRunsOnTheStackThatItWants() {
    assertExhausted(call("r", 100, 0));
    assertEquals("true", Guests.answerOf(call("r", 100, LARGE_STACK)));
    assertExhausted(call("r", 100, 0));
    assertExhausted(call("r", 100, CallLimits.SMALLEST_STACK));
    assertEquals("true", Guests.answerOf(call("r", 100, LARGE_STACK)));
    assertEquals(0, guests.engine.stats().running());
  }

  @Test
  void callsOfDifferentStacksDoNotDisturbEachOther() {
    List<CompletableFuture<Outcome>> large = new ArrayList<>();
    List<CompletableFuture<Outcome>> usual = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      large.add(guests.start(function, callWith("r", 100, LARGE_STACK)));
      usual.add(guests.start(function, callWith("r", 100, 0)));
    }
    large.forEach(call -> assertEquals("true", Guests.answerOf(Guests.await(call))));
    usual.forEach(call -> assertExhausted(Guests.await(call)));
  }

  @Test
  void loopOnStackOfItsOwnIsStoppedAtItsDeadline() {
    var limits = new CallLimits(64L * Guests.PAGE, 10_000, LARGE_STACK, 1000, 1000, 0, 0);
    Call call = Guests.call("i", Duration.ofMillis(100), limits);
    Outcome outcome = guests.run(guests.load("loop"), call);
    assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason());
  }

  @Test
  void engineEndsWithThreadsThatTookOver() {
    List<Thread> before = guestThreads();
    try (var own = new Guests()) {
      Outcome outcome = own.run(own.load("limits"), callWith("r", 100, LARGE_STACK));
      assertEquals("true", Guests.answerOf(outcome));
      assertFalse(before.containsAll(guestThreads()));
    }
    assertEquals(List.of(), guestThreads().stream().filter(t -> !before.contains(t)).toList());
  }

  @Test
  void stackOnWhichHostCallsCouldNotEndIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CallLimits(0, 0, CallLimits.SMALLEST_STACK - 1, 0, 0, 0, 0));
  }

  private static Outcome call(String mode, int tableEntries, int stackBytes) {
    return guests.run(function, callWith(mode, tableEntries, stackBytes));
  }

  private static Call callWith(String mode, int tableEntries, int stackBytes) {
    return Guests.call(
        mode,
        Duration.ofSeconds(10),
        new CallLimits(64L * Guests.PAGE, tableEntries, stackBytes, 1000, 1000, 0, 0));
  }

  private static void assertExhausted(Outcome outcome) {
    Outcome.Failed failed = Guests.failureOf(outcome);
    assertEquals("The function trapped: call stack exhausted.", failed.message());
  }

  private static List<Thread> guestThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("guest-") && thread.isAlive())
        .filter(thread -> !thread.getName().equals("guest-watchdog"))
        .toList();
  }
}
