package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import dev.funless.engine.compile.ExecutableCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code that does not look whether it has to stop is stopped all the same: after it was compiled to
 * the last degree, time and again, whatever its loops are made of.
 */
class RunawayTest {

  private static final int ENDLESS = Integer.MAX_VALUE;
  private static final int LATE_MILLIS = 2_000;

  @ParameterizedTest
  @CsvSource({
    "c,300",
    "a,50",
    "l,3000",
    "s,1000000",
    "C,1000000",
    "i,1000000",
    "r,1000",
    "b,50",
    "h,200"
  })
  void hotLoopIsStopped(char kind, int rounds) {
    try (var guests = new Guests()) {
      LoadedFunction runaway = guests.load("runaway");
      for (int again = 0; again < 2; again++) {
        for (int i = 0; i < 20; i++) {
          assertEquals("[1]", Guests.answerOf(guests.run(runaway, loop(kind, rounds, 10_000))));
        }
        for (int i = 0; i < 3; i++) {
          assertStopped(guests, runaway, kind);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'c', 'a', 'l', 's', 'C', 'i', 'r', 'b', 'h'})
  void interpretedLoopIsStopped(char kind) throws InvalidModuleException {
    try (var guests = new Guests()) {
      LoadedFunction interpreted = Interpreted.of(Guests.wasm("runaway"));
      assertTrue(interpreted.needsCompiling());
      assertEquals("[1]", Guests.answerOf(guests.run(interpreted, loop(kind, 2, 10_000))));
      assertStopped(guests, interpreted, kind);
      guests.engine.compile(interpreted);
      assertFalse(interpreted.needsCompiling());
      assertEquals("[1]", Guests.answerOf(guests.run(interpreted, loop(kind, 2, 10_000))));
      assertStopped(guests, interpreted, kind);
    }
  }

  @Test
  void callThatRunsWhileAnotherIsStoppedGoesOn() {
    try (var guests = new Guests(new EngineConfig(2, 0, 10, 256L * Guests.PAGE, 1 << 20))) {
      LoadedFunction runaway = guests.load("runaway");
      CompletableFuture<Outcome> long_ = guests.start(runaway, loop('l', 40_000, 60_000));
      for (int i = 0; i < 3; i++) {
        assertStopped(guests, runaway, 'c');
      }
      assertEquals("[1]", Guests.answerOf(Guests.await(long_)));
    }
  }

  @Test
  void codeLooksNoMoreOnceItIsQuiet() throws InterruptedException {
    var poll = new Poll(new ExecutableCode.Interpreted(), Duration.ofMillis(50));
    assertFalse(poll.armed());
    poll.arm();
    poll.relax();
    assertTrue(poll.armed());
    Thread.sleep(60);
    poll.relax();
    assertFalse(poll.armed());
  }

  private static void assertStopped(Guests guests, LoadedFunction runaway, char kind) {
    long start = System.nanoTime();
    Outcome stopped = guests.run(runaway, loop(kind, ENDLESS, 100));
    assertEquals(Reason.DEADLINE, Guests.failureOf(stopped).reason(), stopped::toString);
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis < LATE_MILLIS, () -> kind + " was stopped after " + millis + " ms");
  }

  private static Call loop(char kind, int rounds, int millis) {
    byte[] input =
        ByteBuffer.allocate(5)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) kind)
            .putInt(rounds)
            .array();
    return new Call(
        input,
        System.nanoTime() + Duration.ofMillis(millis).toNanos(),
        Guests.LIMITS,
        Map.of(),
        Guests.NO_HTTP,
        () -> true);
  }
}
