package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Modules as AssemblyScript's compiler makes them: plain ones, which import from {@code env}, and
 * those of its shim for WASI, as a reactor and as a command.
 */
class AssemblyScriptTest {

  private static Guests guests;
  private static LoadedFunction plain;
  private static LoadedFunction reactor;
  private static LoadedFunction command;

  @BeforeAll
  static void load() {
    guests = new Guests();
    plain = guests.load("assemblyscript_plain");
    reactor = guests.load("assemblyscript_reactor");
    command = guests.load("assemblyscript_command");
  }

  @AfterAll
  static void close() {
    guests.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void functionReadsAndAnswersText(boolean wasi) {
    assertEquals("\"DREI ZWEI ÜÉ😀\"", guests.answer(function(wasi), "text üé😀 zwei drei"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void topLevelStatementsRunAnewForEachCall(boolean wasi) {
    assertEquals("[1, 9801, 100]", guests.answer(function(wasi), "state"));
    assertEquals("[1, 9801, 100]", guests.answer(function(wasi), "state"));
  }

  @Test
  void consoleWritesTheLog() {
    Outcome outcome = guests.run(plain, Guests.call("print"));
    assertEquals("1", Guests.answerOf(outcome));
    assertEquals("log é😀\ndebug\n\nwarn\nerror\n", outcome.log());
    Outcome ofShim = guests.run(reactor, Guests.call("print"));
    assertTrue(ofShim.log().startsWith("log é😀\nDebug: debug\n"), ofShim::log);
  }

  @Test
  void traceWritesItsNumbersIntoTheLog() {
    Outcome outcome = guests.run(plain, Guests.call("trace"));
    assertEquals("2", Guests.answerOf(outcome));
    assertEquals(
        "trace: none\ntrace: some 1, -2.5, 1.0E300\ntrace: all 1, 2, 3, 4, NaN\n", outcome.log());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void randomNumbersDifferInEveryCall(boolean wasi) {
    String first = guests.answer(function(wasi), "random");
    for (double number : numbers(first)) {
      assertTrue(number >= 0 && number < 1, first);
    }
    assertNotEquals(first, guests.answer(function(wasi), "random"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void clocksTellTheTime(boolean wasi) {
    long before = System.currentTimeMillis();
    double[] told = numbers(guests.answer(function(wasi), "clocks"));
    assertTrue(told[0] >= before && told[0] <= System.currentTimeMillis(), () -> "" + told[0]);
    assertTrue(told[1] >= 0 && told[1] <= told[2], () -> told[1] + " " + told[2]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void collectorKeepsTheMemoryWithinItsLimit(boolean wasi) {
    assertEquals("199990000", guests.answer(function(wasi), "garbage"));
  }

  @ParameterizedTest
  @CsvSource({
    "throw, no luck 😀",
    "assert, one word more",
    "index, Key does not exist",
    "null, Unexpected 'null'",
    "nonsense, no such word: nonsense"
  })
  void whatIsThrownIsTheFunctionsErrorAndInItsLog(String word, String message) {
    for (LoadedFunction function : new LoadedFunction[] {plain, reactor}) {
      Outcome.Failed failed = Guests.failureOf(guests.run(function, Guests.call(word)));
      assertEquals(Reason.FUNCTION_ERROR, failed.reason());
      assertTrue(failed.log().startsWith("abort: " + message), failed.log());
      assertEquals("The function exited with code 255: " + failed.log().strip(), failed.message());
    }
  }

  @Test
  void logOfAnEndlessPrinterIsBounded() {
    var limits = new CallLimits(64L * Guests.PAGE, 100_000, 12, 0, 5);
    Outcome outcome = guests.run(plain, Guests.call("print", Duration.ofSeconds(10), limits));
    assertEquals("1", Guests.answerOf(outcome));
    assertEquals("log é😀\nd", outcome.log());
  }

  @Test
  void commandReadsStdinAndAnswersOnStdout() {
    Outcome outcome = guests.run(command, Guests.call("greet"));
    assertEquals("[\"hello\", \"function\", 0]", Guests.answerOf(outcome));
    assertEquals("read 5\n", outcome.log());
    assertNotEquals(guests.answer(command, "seeds"), guests.answer(command, "seeds"));
    double[] told = numbers(guests.answer(command, "clocks"));
    assertTrue(Math.abs(told[0] - System.currentTimeMillis()) < 10_000, () -> "" + told[0]);
  }

  @Test
  void commandFailsByItsExitCodeOrWhatItThrows() {
    assertEquals(
        "The function exited with code 7: read 4",
        Guests.failureOf(guests.run(command, Guests.call("exit"))).message());
    Outcome.Failed failed = Guests.failureOf(guests.run(command, Guests.call("nonsense")));
    assertTrue(
        failed.message().startsWith("The function exited with code 255: "), failed.message());
    assertTrue(failed.log().contains("abort: no such word: nonsense in "), failed.log());
  }

  private static LoadedFunction function(boolean wasi) {
    return wasi ? reactor : plain;
  }

  private static double[] numbers(String json) {
    return Arrays.stream(json.substring(1, json.length() - 1).split(","))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
