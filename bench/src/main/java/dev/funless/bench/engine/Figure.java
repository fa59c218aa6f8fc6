package dev.funless.bench.engine;

import dev.funless.bench.Spread;
import dev.funless.bench.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param what what was measured
 * @param spread the median, which is compared with the target, and what it is the median of
 * @param unit such as µs, or × for a ratio
 * @param decimals digits after the point
 */
record Figure(String what, Spread spread, String unit, int decimals, Optional<Target> target) {

  Figure {
    if (decimals < 0 || decimals > 6) {
      throw new IllegalArgumentException("decimals must be 0 to 6");
    }
  }

  static Figure of(String what, List<Double> measured, String unit, int decimals, Target target) {
    return new Figure(what, Spread.of(measured), unit, decimals, Optional.of(target));
  }

  /** A figure that only explains others. */
  static Figure beside(String what, List<Double> measured, String unit, int decimals) {
    return new Figure(what, Spread.of(measured), unit, decimals, Optional.empty());
  }

  String measured() {
    String value =
        spread.lowest() == spread.highest() ? number(spread.median()) : spread.text(decimals);
    return value + " " + unit;
  }

  String reach() {
    return target.flatMap(Target::reach).map(this::wanted).orElse("");
  }

  String dream() {
    return target.flatMap(Target::dream).map(this::wanted).orElse("");
  }

  String met() {
    return target.map(wanted -> wanted.met(spread.median())).orElse("");
  }

  private String wanted(double value) {
    String number = value == Math.rint(value) ? "%.0f".formatted(value) : Double.toString(value);
    return number + " " + unit;
  }

  private String number(double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
