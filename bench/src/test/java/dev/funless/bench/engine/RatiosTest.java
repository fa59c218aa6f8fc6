package dev.funless.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {

  @Test
  void comparesWithinEachRound() {
    assertEquals(List.of(2.0, 0.5), Ratios.of(List.of(4.0, 3.0), List.of(2.0, 6.0)));
  }

  @Test
  void rejectsAMissingRound() {
    assertThrows(IllegalArgumentException.class, () -> Ratios.of(List.of(4.0), List.of(2.0, 6.0)));
  }

  @Test
  void takesTheMedianOfEachRound() {
    List<Double> figures = List.of(1.0, 9.0, 2.0, 7.0, 5.0, 6.0);
    assertEquals(List.of(2.0, 6.0), Ratios.medianOfEach(figures, 2));
  }

  @Test
  void rejectsRoundsOfDifferentSizes() {
    assertThrows(
        IllegalArgumentException.class, () -> Ratios.medianOfEach(List.of(1.0, 2.0, 3.0), 2));
    assertThrows(IllegalArgumentException.class, () -> Ratios.medianOfEach(List.of(), 2));
  }

  @Test
  void multipliesForTheGeometricMean() {
    assertEquals(2.0, Ratios.geometricMean(List.of(1.0, 2.0, 4.0)), 1e-12);
  }

  @Test
  void rejectsAMeanOfNothingAndOfNoTime() {
    assertThrows(IllegalArgumentException.class, () -> Ratios.geometricMean(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Ratios.geometricMean(List.of(1.0, 0.0)));
  }
}
