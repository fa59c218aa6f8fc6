package dev.funless.bench.engine;

import dev.funless.bench.Spread;
import java.util.ArrayList;
import java.util.List;

/** Sides that were measured in turn, compared. */
final class Ratios {

  private Ratios() {}

  /** Of each round, the one to the other. */
  static List<Double> of(List<Double> dividends, List<Double> divisors) {
    if (dividends.size() != divisors.size()) {
      throw new IllegalArgumentException("rounds are missing");
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < dividends.size(); round++) {
      ratios.add(dividends.get(round) / divisors.get(round));
    }
    return ratios;
  }

  /** The median of each round, where every round has as many figures. */
  static List<Double> medianOfEach(List<Double> figures, int rounds) {
    if (rounds < 1 || figures.isEmpty() || figures.size() % rounds != 0) {
      throw new IllegalArgumentException(
          "%d figures of %d rounds".formatted(figures.size(), rounds));
    }
    int size = figures.size() / rounds;
    List<Double> medians = new ArrayList<>();
    for (int from = 0; from < figures.size(); from += size) {
      medians.add(Spread.of(figures.subList(from, from + size)).median());
    }
    return medians;
  }

  static double geometricMean(List<Double> figures) {
    if (figures.isEmpty() || figures.stream().anyMatch(figure -> !(figure > 0))) {
      throw new IllegalArgumentException("a geometric mean is of figures above 0: " + figures);
    }
    return Math.exp(figures.stream().mapToDouble(Math::log).average().orElseThrow());
  }
}
