package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands built by clang with wasi-libc, unmodified. */
class CommandTest {

  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
  }

  @Test
  void commandReadsStdinAndAnswersOnStdout() {
    Outcome outcome = guests.run(guests.load("measure"), Guests.call("{\"a\":1}"));
    assertEquals("{\"length\": 7, \"greeting\": \"hello\"}\n", Guests.answerOf(outcome));
    assertEquals("read 7 bytes\n", outcome.log());
  }

  @Test
  void exitCodeOtherThanZeroIsTheFunctionsError() {
    LoadedFunction exits = guests.load("exits");
    Outcome.Failed failed = Guests.failureOf(guests.run(exits, Guests.call("3")));
    assertEquals(Reason.FUNCTION_ERROR, failed.reason());
    assertEquals("The function exited with code 3: giving up", failed.message());
    assertEquals("giving up\n", failed.log());
    assertEquals("[0]", guests.answer(exits, "0"));
  }

  @Test
  void endlessOutputStopsAtTheAnswersLimit() {
    Outcome outcome = guests.run(guests.load("endless"), Guests.call("{}"));
    assertEquals(Reason.ANSWER_TOO_LARGE, Guests.failureOf(outcome).reason());
  }

  @Test
  void sleepTakesItsTime() {
    long slept = Long.parseLong(guests.answer(guests.load("sleeps"), "30"));
    assertTrue(slept >= 29 && slept < 5000, () -> slept + " ms");
  }

  @Test
  void sleepEndsAtTheDeadline() {
    Outcome outcome =
        guests.run(
            guests.load("sleeps"), Guests.call("100000", Duration.ofMillis(100), Guests.LIMITS));
    assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason());
  }

  @Test
  void nothingOfTheNodeIsInReach() {
    Outcome outcome = guests.run(guests.load("outside"), Guests.call("{}"));
    assertEquals(
        "{\"file\": -1, \"listed\": -1, \"random\": true, \"year\": true, \"args\": 1,"
            + " \"name\": \"function\"}",
        Guests.answerOf(outcome));
    assertEquals("", outcome.log());
  }
}
