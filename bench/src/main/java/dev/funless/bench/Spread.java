package dev.funless.bench;

import java.util.List;
import java.util.Locale;

/** The median of some figures, and the lowest and highest of them. */
public record Spread(double median, double lowest, double highest) {

  public static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("no figures");
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /** {@code median (lowest..highest)}, with {@code decimals} digits after the point. */
  public String text(int decimals) {
    String figure = "%." + decimals + "f";
    return String.format(
        Locale.ROOT, figure + " (" + figure + ".." + figure + ")", median, lowest, highest);
  }
}
