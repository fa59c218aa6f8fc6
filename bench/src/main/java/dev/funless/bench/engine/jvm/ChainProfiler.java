package dev.funless.bench.engine.jvm;

import java.util.Collection;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Tells JMH, after each iteration, the percentiles of the chain's times. */
public final class ChainProfiler implements InternalProfiler {

  public static final String P50_MICROS = "p50";
  public static final String P99_MICROS = "p99";

  /** Set before the first iteration, by the one benchmark of this JVM. */
  private static volatile CallChain watched;

  static void watch(CallChain chain) {
    watched = chain;
  }

  @Override
  public String getDescription() {
    return "percentiles of single calls";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    CallChain chain = watched;
    if (chain != null) {
      chain.takeNanos();
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Histogram nanos = watched.takeNanos();
    return List.of(
        micros(P50_MICROS, nanos.getValueAtPercentile(50)),
        micros(P99_MICROS, nanos.getValueAtPercentile(99)));
  }

  private static ScalarResult micros(String name, long nanos) {
    return new ScalarResult(name, nanos / 1e3, "us/op", AggregationPolicy.AVG);
  }
}
