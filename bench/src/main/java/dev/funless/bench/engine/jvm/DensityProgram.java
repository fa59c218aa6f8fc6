package dev.funless.bench.engine.jvm;

import dev.funless.bench.engine.guests.CallCase;
import dev.funless.bench.engine.guests.Guests;
import dev.funless.bench.engine.guests.NumberedModule;
import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import dev.funless.engine.LoadedFunction;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code DensityProgram FOLDER MOST SECONDS}: loads functions, each with an id of its own in its
 * data, until the heap is full, there are {@code MOST}, or the time is over. Each is called once
 * when it is loaded, and all are called again after every thousand: they are there at once.
 */
public final class DensityProgram {

  private static final int AGAIN_EVERY = 1000;
  private static final Duration CALL_ALLOWED = Duration.ofSeconds(30);

  private final Engine engine;
  private final CallCase trivial;
  private final List<LoadedFunction> functions = new ArrayList<>();

  private DensityProgram(Engine engine, CallCase trivial) {
    this.engine = engine;
    this.trivial = trivial;
  }

  static void main(String[] args) throws Exception {
    CallCase trivial = CallCase.read(Path.of(args[0]), Guests.TRIVIAL);
    try (Engine engine = Engines.running(1, 1)) {
      new DensityProgram(engine, trivial)
          .run(Integer.parseInt(args[1]), Duration.ofSeconds(Integer.parseInt(args[2])));
    }
  }

  private void run(int most, Duration allowed) throws Exception {
    long endNanos = System.nanoTime() + allowed.toNanos();
    boolean full = false;
    try {
      while (functions.size() < most && System.nanoTime() < endNanos) {
        loadNext();
      }
    } catch (OutOfMemoryError e) {
      full = true;
    }
    int loaded = functions.size();
    // Of no more use, and what is left of the heap may not do to tell the result.
    functions.subList(loaded - Math.min(loaded, full ? 100 : 0), loaded).clear();
    System.gc();
    System.out.println(
        String.format(
            Locale.ROOT,
            "result loaded=%d full=%d heap=%.1f metaspace=%.1f kept=%d",
            loaded,
            full ? 1 : 0,
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0,
            metaspaceBytes() / 1048576.0,
            functions.size()));
  }

  private void loadNext() throws Exception {
    int number = functions.size();
    byte[] wasm = NumberedModule.withId(trivial.wasm(), number);
    try {
      LoadedFunction function = Engines.compiled(engine, wasm);
      functions.add(function);
      call(number);
    } catch (InvalidModuleException | IllegalStateException e) {
      functions.subList(number, functions.size()).clear();
      throw isFull(e);
    }
    if (functions.size() % AGAIN_EVERY == 0) {
      for (int each = 0; each < functions.size(); each++) {
        call(each);
      }
    }
  }

  private void call(int number) throws InterruptedException {
    byte[] input = trivial.inputs().getFirst();
    byte[] answer = SingleCalls.answer(engine, functions.get(number), input, CALL_ALLOWED);
    byte[] expected = NumberedModule.withId(trivial.answers().getFirst(), number);
    new CallCase(trivial.wasm(), List.of(input), List.of(expected)).check(0, answer);
  }

  /** The engine makes a full heap a failure of the call or of the module. */
  private static Error isFull(Exception e) throws Exception {
    Runtime runtime = Runtime.getRuntime();
    long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    if (left > runtime.maxMemory() / 10) {
      throw e;
    }
    return new OutOfMemoryError(e.getMessage());
  }

  private static long metaspaceBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
        .sum();
  }
}
