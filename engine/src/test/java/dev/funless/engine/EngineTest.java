package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
  }

  @Test
  void funlessFunctionAnswersWithWhatItInserted() {
    assertEquals("{\"a\":1}", guests.answer(guests.load("echo"), "{\"a\":1}"));
  }

  @Test
  void commandReadsStdinAndAnswersOnStdout() {
    Outcome outcome = guests.run(guests.load("measure"), Guests.call("{\"a\":1}"));
    assertEquals("{\"length\": 7, \"greeting\": \"hello\"}\n", Guests.answerOf(outcome));
    assertEquals("read 7 bytes\n", outcome.log());
  }

  @Test
  void endlessLoopIsStoppedAtItsDeadlineAndTheThreadGoesOn() {
    LoadedFunction loop = guests.load("loop");
    LoadedFunction echo = guests.load("echo");
    for (int i = 0; i < 5; i++) {
      Outcome stopped = guests.run(loop, Guests.call("{}", Duration.ofMillis(50), Guests.LIMITS));
      assertEquals(Outcome.Reason.DEADLINE, Guests.failureOf(stopped).reason());
      assertEquals("[2]", guests.answer(echo, "[2]"));
    }
  }
}
