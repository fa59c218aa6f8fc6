package dev.funless.bench.engine.jvm;

import dev.funless.bench.engine.guests.CallCase;
import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import java.io.IOException;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;

/**
 * Calls in a chain on an engine with one place. {@link ChainProfiler} adds the percentiles to what
 * JMH measures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallsBenchmark {

  /** A chain starts with the waking of a thread, which so many calls make small. */
  private static final int CALLS = 500;

  /** Where the {@link CallCase} is. */
  @Param("")
  public String folder;

  /** Its name. */
  @Param("")
  public String guest;

  private Engine engine;
  private CallChain chain;

  @Setup
  public void load() throws IOException, InvalidModuleException {
    CallCase calls = CallCase.read(Path.of(folder), guest);
    engine = Engines.running(1, 1);
    chain = new CallChain(engine, Engines.compiled(engine, calls.wasm()), calls);
    ChainProfiler.watch(chain);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void call() throws InterruptedException {
    chain.run(CALLS);
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
