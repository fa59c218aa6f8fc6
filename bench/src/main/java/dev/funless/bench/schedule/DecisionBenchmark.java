package dev.funless.bench.schedule;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Decisions of one row. What counts is what {@link DecisionProfiler} tells: JMH's own score has the
 * reports in it, and the making of invocations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {

  private static final int WORKERS_BEFORE = 10;
  private static final int BATCHES_BEFORE = 30;

  /** A {@link Row}. */
  @Param("")
  public String row;

  @Param("10")
  public int workers;

  private Decisions decisions;

  /**
   * A core's functions have different policies. So all have decided in this JVM before, and the JIT
   * does not take the one that is measured for the only one.
   */
  @Setup
  public void prepare() {
    for (Row each : Row.values()) {
      Decisions before = new Decisions(Task.of(each, WORKERS_BEFORE));
      for (int i = 0; i < BATCHES_BEFORE; i++) {
        before.batch();
      }
    }
    decisions = new Decisions(Task.of(Row.valueOf(row), workers));
    DecisionProfiler.watch(decisions);
  }

  @Benchmark
  @OperationsPerInvocation(Decisions.BATCH)
  public void decide() {
    decisions.batch();
  }
}
