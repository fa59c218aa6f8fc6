package dev.funless.bench.schedule;

import dev.funless.bench.Jmh;
import dev.funless.bench.Spread;
import java.util.List;

/**
 * What a row came to over one number of workers, in one decision; each is the median over the
 * iterations, with the lowest and the highest.
 *
 * @param bytes that are allocated
 */
record Measured(Spread p50Micros, Spread p99Micros, Spread bytes) {

  static Measured of(List<Jmh.Iteration> iterations) {
    return new Measured(
        spread(iterations, DecisionProfiler.P50_MICROS),
        spread(iterations, DecisionProfiler.P99_MICROS),
        spread(iterations, DecisionProfiler.BYTES));
  }

  private static Spread spread(List<Jmh.Iteration> iterations, String name) {
    return Spread.of(iterations.stream().map(each -> each.get(name)).toList());
  }
}
