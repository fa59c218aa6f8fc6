package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What random modules found the wasm library to get wrong, on which the engine stands. */
class CornersTest {

  private static Guests guests;
  private static LoadedFunction corners;

  @BeforeAll
  static void load() {
    guests = new Guests();
    corners = guests.load("corners");
  }

  @AfterAll
  static void close() {
    guests.close();
  }

  @Test
  void droppedDataSegmentIsEmpty() {
    assertTraps("d");
  }

  @Test
  void tableIsCopiedToPlacesThatTheSourceDoesNotHave() {
    assertEquals("true", guests.answer(corners, "c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "j", "k", "f", "g"})
  void indicesOfTablesAndSegmentsAreUnsigned(String corner) {
    assertTraps(corner);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u", "v"})
  void unsignedNumberIsRoundedToTheNearest(String corner) {
    assertEquals("true", guests.answer(corners, corner));
  }

  @Test
  void tailCallOfAnInterpretedFunctionBeginsItAnew() {
    assertEquals("true", guests.answer(guests.load("interpreted_tail_call"), "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "t", "c"})
  void interpretedLoopIsStoppedAtItsDeadline(String loop) {
    // In an engine of its own, as what is not stopped keeps its thread.
    try (var own = new Guests()) {
      LoadedFunction function = own.load("interpreted_loop");
      Call call = Guests.call(loop, Duration.ofMillis(50), Guests.LIMITS);
      Outcome outcome = own.run(function, call);
      assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason(), outcome::toString);
    }
  }

  private static void assertTraps(String corner) {
    Outcome outcome = guests.run(corners, Guests.call(corner));
    assertEquals(Reason.TRAP, Guests.failureOf(outcome).reason(), outcome::toString);
  }
}
