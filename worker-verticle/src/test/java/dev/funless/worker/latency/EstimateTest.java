package dev.funless.worker.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EstimateTest {

  private static final Estimate TEN = Estimate.UNKNOWN.reached(10);

  @Test
  void isUnknownUntilReached() {
    assertEquals(OptionalDouble.empty(), Estimate.UNKNOWN.millis());
    assertEquals(OptionalDouble.empty(), Estimate.UNKNOWN.failed().millis());
    assertEquals(OptionalDouble.of(10), TEN.millis());
    assertEquals(OptionalDouble.of(10), Estimate.UNKNOWN.failed().failed().reached(10).millis());
  }

  @Test
  void theNewestWeighsAHalf() {
    assertEquals(OptionalDouble.of(15), TEN.reached(20).millis());
    assertEquals(OptionalDouble.of(7.5), TEN.reached(20).reached(0).millis());
  }

  @Test
  void threeFailuresInARowMakeItUnknown() {
    assertEquals(OptionalDouble.of(10), TEN.failed().failed().millis());
    assertEquals(OptionalDouble.empty(), TEN.failed().failed().failed().millis());
    assertEquals(
        OptionalDouble.of(10), TEN.failed().failed().reached(10).failed().failed().millis());
  }

  @Test
  void whatWasKnownBeforeIsForgotten() {
    assertEquals(
        OptionalDouble.of(50), TEN.failed().failed().failed().failed().reached(50).millis());
  }

  @Test
  void isLostOnceForARowOfFailures() {
    Estimate twice = TEN.failed().failed();

    assertFalse(twice.justLost());
    assertTrue(twice.failed().justLost());
    assertFalse(twice.failed().failed().justLost());
    assertFalse(twice.failed().failed().failed().justLost());
  }
}
