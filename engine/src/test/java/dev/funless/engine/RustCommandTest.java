package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command of rustc finds of its standard library, unmodified. */
class RustCommandTest {

  private static Guests guests;
  private static LoadedFunction standard;

  @BeforeAll
  static void load() {
    guests = new Guests();
    standard = guests.load("rust_standard");
  }

  @AfterAll
  static void close() {
    guests.close();
  }

  @Test
  void stdinIsReadToItsEndAndStdoutIsTheAnswerAndStderrTheLog() {
    Outcome outcome = run("streams ü");
    assertEquals("{\"read\": 10, \"more\": 0, \"empty\": 0}\n", Guests.answerOf(outcome));
    assertEquals("é😀 " + "-".repeat(5000) + "\n", outcome.log());
  }

  @Test
  void environmentIsTheFunctionsAndTheCommandLineIsAName() {
    assertEquals(
        "[[\"function\"], [\"GREETING>hello\"], true, \"hello\"]\n",
        guests.answer(standard, "surroundings"));
  }

  @Test
  void mapsAreSeededAnewInEveryCall() {
    String order = guests.answer(standard, "seeds");
    assertNotEquals(order, guests.answer(standard, "seeds"));
  }

  @Test
  void wallClockIsTheNodesAndTheOtherNeverGoesBack() {
    long before = System.currentTimeMillis();
    long told = Long.parseLong(guests.answer(standard, "clocks").strip());
    assertTrue(told >= before && told <= System.currentTimeMillis(), () -> before + " " + told);
  }

  @Test
  void threadSleeps() {
    long slept = Long.parseLong(guests.answer(standard, "sleep 30").strip());
    assertTrue(slept >= 30 && slept < 5000, () -> slept + " ms");
  }

  @Test
  void sleepEndsAtTheDeadline() {
    Outcome outcome =
        guests.run(standard, Guests.call("sleep 60000", Duration.ofMillis(100), Guests.LIMITS));
    assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason());
  }

  @Test
  void filesAndSocketsAndThreadsAreErrorsThatTheProgramCanHandle() {
    assertEquals("[true, true, true, true, true, true, true]\n", guests.answer(standard, "files"));
    assertEquals("[true, true, true]\n", guests.answer(standard, "network"));
    assertEquals("true\n", guests.answer(standard, "threads"));
  }

  @Test
  void exitEndsTheCallWithItsCode() {
    Outcome.Failed failed = Guests.failureOf(run("exit 12 7"));
    assertEquals(Reason.FUNCTION_ERROR, failed.reason());
    assertEquals("The function exited with code 7: leaving", failed.message());
    assertEquals("12", Guests.answerOf(run("exit 12 0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"panic now", "index 7", "nonsense", "sleep"})
  void panicIsATrapWithItsMessageInTheLog(String input) {
    Outcome.Failed failed = Guests.failureOf(run(input));
    assertEquals(Reason.TRAP, failed.reason());
    assertTrue(failed.log().startsWith("thread 'main' panicked at "), failed.log());
    assertTrue(failed.log().contains("standard.rs:"), failed.log());
  }

  @Test
  void abortIsATrap() {
    assertEquals(Reason.TRAP, Guests.failureOf(run("abort")).reason());
  }

  @Test
  void memoryGrowsUpToTheFunctionsLimitAndNotBeyond() {
    assertEquals("2000000\n", guests.answer(standard, "allocate 2000000"));
    Outcome.Failed failed = Guests.failureOf(run("allocate 100000000"));
    assertEquals(Reason.TRAP, failed.reason());
    assertTrue(failed.log().contains("memory allocation of 100000000 bytes failed"), failed.log());
  }

  @Test
  void inputThatIsNoUtf8IsAnErrorOfTheProgram() {
    byte[] input = "exit 12 0".getBytes(StandardCharsets.UTF_8);
    input[0] = (byte) 0xFF;
    Call call = Guests.call("");
    Outcome outcome =
        guests.run(
            standard,
            new Call(
                input,
                call.deadlineNanos(),
                call.limits(),
                call.environment(),
                call.http(),
                call.gate()));
    assertTrue(Guests.failureOf(outcome).log().contains("stdin is UTF-8"), outcome::log);
  }

  private static Outcome run(String input) {
    return guests.run(standard, Guests.call(input));
  }
}
