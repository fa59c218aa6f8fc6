package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much memory guests get, and that all of it comes back. */
class MemoryTest {

  private static final int PAGE = Guests.PAGE;

  @Test
  void growthEndsAtTheCallsLimit() {
    try (var guests = new Guests()) {
      assertEquals("[12]", grown(guests, 12));
      assertEquals("[40]", grown(guests, 40));
      assertEquals(0, guests.engine.stats().memoryReservedBytes());
    }
  }

  /** While it grows from 9 pages to 10, both are held, and the one page that it started with. */
  @Test
  void growthEndsAtTheEnginesBudget() {
    try (var guests = new Guests(new EngineConfig(1, 0, 10, 21L * PAGE, 1 << 20))) {
      assertEquals("[10]", grown(guests, 60));
      assertEquals("[10]", grown(guests, 60));
      assertEquals(0, guests.engine.stats().memoryReservedBytes());
    }
  }

  @Test
  void functionThatStartsWithMoreThanItsLimitFails() {
    try (var guests = new Guests()) {
      Outcome outcome =
          guests.run(guests.load("many_pages"), Guests.call("", Duration.ofSeconds(5), limit(7)));
      assertEquals(Reason.MEMORY_LIMIT, Guests.failureOf(outcome).reason());
    }
  }

  @Test
  void callThatTheBudgetCannotHoldDoesNotStart() {
    try (var guests = new Guests(new EngineConfig(1, 0, 10, 8L * PAGE, 1 << 20))) {
      Outcome outcome = guests.run(guests.load("many_pages"), Guests.call("{}"));
      assertEquals(Reason.NO_MEMORY, Guests.failureOf(outcome).reason());
      assertEquals("[1]", guests.answer(guests.load("modes"), " "));
      assertEquals(0, guests.engine.stats().memoryReservedBytes());
    }
  }

  @Test
  void tablesStopGrowingToo() {
    try (var guests = new Guests()) {
      assertEquals("true", guests.answer(guests.load("table_grow"), ""));
      assertEquals(0, guests.engine.stats().memoryReservedBytes());
    }
  }

  @Test
  void memoryComesBackAfterEveryOutcome() {
    try (var guests = new Guests()) {
      LoadedFunction modes = guests.load("modes");
      for (String mode : List.of("u", "r", "d", "w", "W", "n", "t", "e", "E", "0", "b", "l")) {
        guests.run(modes, Guests.call(mode, Duration.ofMillis(100), Guests.LIMITS));
        assertEquals(0, guests.engine.stats().memoryReservedBytes(), mode);
      }
    }
  }

  private static String grown(Guests guests, int pages) {
    return Guests.answerOf(
        guests.run(guests.load("grow"), Guests.call("{}", Duration.ofSeconds(5), limit(pages))));
  }

  private static CallLimits limit(int pages) {
    return new CallLimits((long) pages * PAGE, 1000, 1000, 0, 0);
  }
}
