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

/** Calls of one function by a crowd, on an engine that runs so many guests at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ThroughputBenchmark {

  /** The crowd gathers and breaks up once, which so many calls make small. */
  private static final int CALLS = 2000;

  private static final int OUTSTANDING_A_GUEST = 4;

  /** Where the {@link CallCase} is. */
  @Param("")
  public String folder;

  /** Its name. */
  @Param("")
  public String guest;

  /** How many run at once. */
  @Param("1")
  public int guests;

  private Engine engine;
  private CallCrowd crowd;

  @Setup
  public void load() throws IOException, InvalidModuleException {
    CallCase calls = CallCase.read(Path.of(folder), guest);
    int outstanding = OUTSTANDING_A_GUEST * guests;
    engine = Engines.running(guests, outstanding);
    crowd = new CallCrowd(engine, Engines.compiled(engine, calls.wasm()), calls, outstanding);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void call() throws InterruptedException {
    crowd.run(CALLS);
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
