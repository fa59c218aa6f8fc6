package dev.funless.bench.schedule;

import dev.funless.bench.Rows;
import dev.funless.bench.Target;
import java.util.Locale;

/** The table that {@code scripts/bench schedule} prints; Markdown, so that it can be kept. */
final class ScheduleReport {

  static final int FEW = 10;
  static final int MANY = 1_000;

  static final Target FEW_MICROS = Target.atMost(1);
  static final Target MANY_MICROS = Target.atMost(50);

  /**
   * An object for each worker would be 16,000 at least. What may be more is a count that a worker's
   * first call of a tag or of a module takes: over many workers more calls are such a first one.
   */
  static final Target MORE_BYTES = Target.atMost(256);

  private ScheduleReport() {}

  static String head() {
    return """
    Targets: a decision over 10 workers in 1 µs and over 1,000 in 50 µs, by the p50; and no allocation that \
    grows with the workers: at most 256 bytes more over 1,000 than over 10.

    | row | a decision by | 10 workers: p50 µs | p99 µs | met | 1,000 workers: p50 µs | p99 µs | met \
    | bytes over 10 | over 1,000 | more | met |
    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    """;
  }

  static String line(Row row, Measured few, Measured many) {
    double more = many.bytes().median() - few.bytes().median();
    return line(
        row,
        few.p50Micros().text(2),
        number(few.p99Micros().median(), 2),
        met(row, FEW_MICROS, few.p50Micros().median()),
        many.p50Micros().text(2),
        number(many.p99Micros().median(), 2),
        met(row, MANY_MICROS, many.p50Micros().median()),
        number(few.bytes().median(), 0),
        number(many.bytes().median(), 0),
        number(more, 0),
        met(row, MORE_BYTES, more));
  }

  static String broken(Row row, String why) {
    return line(row, "BROKEN: " + why.replaceAll("\\s+", " ").replace('|', '/'));
  }

  private static String line(Row row, String... cells) {
    return "| %s | %s | %s |".formatted(Rows.word(row), row.title(), String.join(" | ", cells));
  }

  private static String met(Row row, Target target, double measured) {
    return row.hasTargets() ? target.met(measured) : "";
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
