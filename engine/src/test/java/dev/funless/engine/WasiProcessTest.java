package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ending, and random bytes. */
class WasiProcessTest {

  private static final int PROC_EXIT = 43;
  private static final int PROC_RAISE = 44;
  private static final int RANDOM_GET = 45;
  private static final int SCHED_YIELD = 46;

  private static HostCalls calls;

  @BeforeAll
  static void load() {
    calls = new HostCalls();
  }

  @AfterAll
  static void close() {
    calls.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "255, 255", "256, 256", "-1, 4294967295", "-2147483648, 2147483648"})
  void exitCodeIsUnsigned(int code, String shown) {
    Outcome.Failed failed = Guests.failureOf(calls.run(new HostCall(PROC_EXIT, code), Map.of()));
    assertEquals(Reason.FUNCTION_ERROR, failed.reason());
    assertEquals("The function exited with code " + shown + ".", failed.message());
  }

  @Test
  void exitWithZeroBeforeTheAnswerIsNoAnswer() {
    Outcome.Failed failed = Guests.failureOf(calls.run(new HostCall(PROC_EXIT, 0), Map.of()));
    assertEquals(Reason.INVALID_ANSWER, failed.reason());
  }

  @Test
  void signalsDoNotExistAndYieldingDoesNothing() {
    assertEquals("52 ", calls.result(new HostCall(PROC_RAISE, 6)));
    assertEquals("00 ", calls.result(new HostCall(SCHED_YIELD)));
  }

  @Test
  void randomBytesFillWhatWasAskedForAndNoMore() {
    HostCall call = new HostCall(RANDOM_GET, 600, 16).with(600, "x".repeat(17));
    String first = calls.result(call.showing(600, 17));
    String second = calls.result(call.showing(600, 17));
    assertNotEquals(first, second);
    assertNotEquals("78".repeat(16), first.substring(3, 35));
    assertTrue(first.endsWith("78") && second.endsWith("78"), first + second);
  }

  @Test
  void noRandomBytesMayBeAskedFor() {
    HostCall call = new HostCall(RANDOM_GET, 600, 0).with(600, "x").showing(600, 1);
    assertEquals("00 78", calls.result(call));
    assertEquals("00 ", calls.result(new HostCall(RANDOM_GET, HostCalls.MEMORY_BYTES, 0)));
  }

  @Test
  void allOfMemoryMayBeFilled() {
    Outcome outcome =
        calls.run(new HostCall(RANDOM_GET, 1024, HostCalls.MEMORY_BYTES - 1024), Map.of());
    assertEquals("\"00 \"", Guests.answerOf(outcome));
  }

  @ParameterizedTest
  @CsvSource({
    "131072, 1",
    "131071, 2",
    "-1, 1",
    "-1, 0",
    "0, -1",
    "0, 131073",
    "0, 2147483647",
    "1, 2147483647"
  })
  void pointersOutsideOfMemoryTrap(int address, int size) {
    calls.assertTraps(new HostCall(RANDOM_GET, address, size));
  }
}
