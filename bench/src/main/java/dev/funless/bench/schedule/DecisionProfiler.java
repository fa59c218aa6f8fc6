package dev.funless.bench.schedule;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Tells JMH, after each iteration, what single decisions came to. */
public final class DecisionProfiler implements InternalProfiler {

  static final String P50_MICROS = "p50";
  static final String P99_MICROS = "p99";
  static final String BYTES = "bytes";

  /** Set before the first iteration, by the one benchmark of this JVM. */
  private static volatile Decisions watched;

  static void watch(Decisions decisions) {
    watched = decisions;
  }

  @Override
  public String getDescription() {
    return "percentiles of single decisions, and what they allocate";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    Decisions decisions = watched;
    if (decisions != null) {
      decisions.takeFigures();
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Decisions.Figures figures = watched.takeFigures();
    return List.of(
        figure(P50_MICROS, figures.p50Micros(), "us/op"),
        figure(P99_MICROS, figures.p99Micros(), "us/op"),
        figure(BYTES, figures.bytes(), "B/op"));
  }

  private static ScalarResult figure(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }
}
