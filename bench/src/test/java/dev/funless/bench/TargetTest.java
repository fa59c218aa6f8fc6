package dev.funless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void aTimeIsMetFromAbove() {
    Target target = Target.atMost(3, 2);
    assertEquals("no", target.met(3.01));
    assertEquals("yes", target.met(3));
    assertEquals("yes", target.met(2.5));
    assertEquals("dream", target.met(2));
  }

  @Test
  void aRateIsMetFromBelow() {
    Target target = Target.atLeast(1.8, 1.95);
    assertEquals("no", target.met(1.79));
    assertEquals("yes", target.met(1.8));
    assertEquals("dream", target.met(1.99));
  }

  @Test
  void whatIsNoNumberMeetsNothing() {
    assertEquals("no", Target.atMost(3, 2).met(Double.NaN));
    assertEquals("no", Target.atLeast(1, 2).met(Double.NaN));
  }

  @Test
  void withoutADreamReachingIsAll() {
    assertEquals("yes", Target.atMost(0.5).met(0.001));
  }

  @Test
  void rejectsADreamThatIsWorse() {
    assertThrows(IllegalArgumentException.class, () -> Target.atMost(2, 3));
    assertThrows(IllegalArgumentException.class, () -> Target.atLeast(3, 2));
  }
}
