package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls end. */
class EngineTest {

  private final Guests guests = new Guests();

  @AfterEach
  void nothingIsLeftBehind() {
    EngineStats stats = guests.engine.stats();
    guests.close();
    assertEquals(0, stats.memoryReservedBytes());
    assertEquals(0, stats.running() + stats.waiting() + stats.queued());
  }

  @Test
  void funlessFunctionAnswersWithWhatItInserted() {
    assertEquals("{\"a\":1}", guests.answer(guests.load("echo"), "{\"a\":1}"));
  }

  @Test
  void reactorIsInitializedBeforeEachCall() {
    LoadedFunction reactor = guests.load("reactor");
    for (int i = 0; i < 2; i++) {
      Outcome outcome = guests.run(reactor, Guests.call("{}"));
      assertEquals("{\"constructed\": 1}", Guests.answerOf(outcome));
      assertEquals("called\n", outcome.log());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          u | TRAP           | The function trapped: Trapped on unreachable instruction.
          r | TRAP           | The function trapped: call stack exhausted.
          d | TRAP           | The function trapped: integer divide by zero.
          o | TRAP           | The function trapped: integer overflow.
          f | TRAP           | The function trapped: integer overflow.
          w | TRAP           | The function trapped: out of bounds memory access: 4 bytes at 65533 of 65536.
          W | TRAP           | The function trapped: out of bounds memory access: 1 bytes at 4294967295 of 65536.
          m | TRAP           | The function trapped: out of bounds memory access.
          x | TRAP           | The function trapped: out of bounds memory access: 1000 bytes at 65000 of 65536.
          y | TRAP           | The function trapped: out of bounds memory access: 4294967295 bytes at 0 of 65536.
          c | TRAP           | The function trapped: uninitialized element 0.
          C | TRAP           | The function trapped: undefined element.
          n | INVALID_ANSWER | The function gave no answer.
          0 | INVALID_ANSWER | The function's answer is empty, not JSON.
          t | INVALID_ANSWER | The function's answer is more than one JSON value.
          e | FUNCTION_ERROR | not so good
          E | FUNCTION_ERROR | The function failed.
          """)
  void failureSaysWhatHappened(String mode, Reason reason, String message) {
    LoadedFunction modes = guests.load("modes");
    Outcome.Failed failed = Guests.failureOf(guests.run(modes, Guests.call(mode)));
    assertEquals(message, failed.message());
    assertEquals(reason, failed.reason());
    assertEquals("[1]", guests.answer(modes, " "));
  }

  @Test
  void halfAValueIsNoAnswer() {
    Outcome.Failed failed = Guests.failureOf(guests.run(guests.load("modes"), Guests.call("h")));
    assertEquals(Reason.INVALID_ANSWER, failed.reason());
    assertTrue(failed.message().startsWith("The function's answer is not JSON: "));
  }

  @Test
  void answerLargerThanItsLimitFails() {
    var limits = new CallLimits(1 << 20, 59_999, 100, 0, 0);
    Outcome outcome =
        guests.run(guests.load("modes"), Guests.call("b", Duration.ofSeconds(5), limits));
    assertEquals(Reason.ANSWER_TOO_LARGE, Guests.failureOf(outcome).reason());
  }

  @Test
  void logIsCutAtItsLimitAndTheGuestGoesOn() {
    var limits = new CallLimits(1 << 20, 100, 10, 0, 0);
    Outcome outcome =
        guests.run(guests.load("modes"), Guests.call("l", Duration.ofMillis(100), limits));
    assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason());
    assertEquals("[1]\n[1]\n[1", outcome.log());
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "start_loop"})
  void endlessLoopIsStoppedAtItsDeadlineAndTheThreadGoesOn(String name) {
    LoadedFunction loop = guests.load(name);
    LoadedFunction echo = guests.load("echo");
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      Outcome stopped = guests.run(loop, Guests.call("{}", Duration.ofMillis(50), Guests.LIMITS));
      assertEquals(Reason.DEADLINE, Guests.failureOf(stopped).reason(), stopped::toString);
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
      assertEquals("[2]", guests.answer(echo, "[2]"));
    }
  }

  /** The library's tail calls take stack, so that a loop made of them ends in a trap. */
  @Test
  void endlessTailCallsEndWithTheStack() {
    Outcome outcome = guests.run(guests.load("tail_loop"), Guests.call("{}"));
    assertEquals(Reason.TRAP, Guests.failureOf(outcome).reason());
  }

  @Test
  void functionTooLargeForAJvmMethodIsInterpretedAndStopped() {
    LoadedFunction huge = guests.load("huge");
    assertEquals(3, guests.answer(huge, "x").length());
    Outcome stopped = guests.run(huge, Guests.call("l", Duration.ofMillis(50), Guests.LIMITS));
    assertEquals(Reason.DEADLINE, Guests.failureOf(stopped).reason(), stopped::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start_trap", "data_outside"})
  void moduleThatCannotStartTraps(String name) {
    Outcome outcome = guests.run(guests.load(name), Guests.call("{}"));
    assertEquals(Reason.TRAP, Guests.failureOf(outcome).reason());
  }

  @Test
  void stackExhaustedInHostCallsTakesNothingWithIt() {
    LoadedFunction deep = guests.load("deep_recursion_calls");
    for (int i = 0; i < 5; i++) {
      Outcome outcome = guests.run(deep, Guests.call("{}"));
      assertEquals(Reason.TRAP, Guests.failureOf(outcome).reason());
    }
    assertEquals("[2]", guests.answer(guests.load("echo"), "[2]"));
  }
}
