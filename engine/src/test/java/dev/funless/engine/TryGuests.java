package dev.funless.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs each {@code NAME.wasm} of a folder through the engine, on the input in {@code NAME.in}, and
 * compares what it answers with {@code NAME.out}; prints a row each: times for validating and
 * loading are of the processor, those of calls are a clock's, the warm one a median. For modules
 * that are too large, or not ours, to be kept with the tests. The exit code is 1 where one does not
 * do as it should.
 */
final class TryGuests {

  private static final CallLimits LIMITS = new CallLimits(256L << 20, 10 << 20, 64 << 10, 0, 0);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Bounds of the measurement of warm calls. */
  private static final long WARM_NANOS = Duration.ofSeconds(15).toNanos();

  private static final int WARM_CALLS = 5_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private TryGuests() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> modules;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      modules = files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
    }
    OUT.println(
        "| module | KB | validate, ms | load, ms | first call, ms | warm call, µs | answer |");
    OUT.println("| --- | --- | --- | --- | --- | --- | --- |");
    boolean right = !modules.isEmpty();
    try (var guests = new Guests(new EngineConfig(1, 1, 10, 1L << 30, 16 << 20))) {
      for (Path module : modules) {
        right &= tried(guests, module);
      }
    }
    System.exit(right ? 0 : 1);
  }

  private static boolean tried(Guests guests, Path module) throws IOException {
    String name = module.getFileName().toString().replaceFirst("\\.wasm$", "");
    byte[] code = Files.readAllBytes(module);
    byte[] input = Files.readAllBytes(module.resolveSibling(name + ".in"));
    String expected = Files.readString(module.resolveSibling(name + ".out")).strip();
    OUT.printf("| %s | %,d ", name, code.length / 1000);
    try {
      long start = THREADS.getCurrentThreadCpuTime();
      Engine.validate(code);
      OUT.printf("| %,d ", millis(THREADS.getCurrentThreadCpuTime() - start));
      start = THREADS.getCurrentThreadCpuTime();
      LoadedFunction function = guests.engine.load(code);
      OUT.printf("| %,d ", millis(THREADS.getCurrentThreadCpuTime() - start));
      return called(guests, function, input, expected);
    } catch (InvalidModuleException e) {
      OUT.println("| refused: " + e.getMessage() + " |");
      return false;
    }
  }

  private static boolean called(
      Guests guests, LoadedFunction function, byte[] input, String expected) {
    long start = System.nanoTime();
    String answer = answer(guests, function, input);
    OUT.printf("| %,d ", millis(System.nanoTime() - start));
    long[] nanos = new long[WARM_CALLS];
    int count = 0;
    long end = System.nanoTime() + WARM_NANOS;
    while (count < WARM_CALLS && System.nanoTime() < end && answer.equals(expected)) {
      start = System.nanoTime();
      answer = answer(guests, function, input);
      nanos[count++] = System.nanoTime() - start;
    }
    // The later half: by then the JVM has compiled what it will.
    long[] warm = Arrays.copyOfRange(nanos, count / 2, count);
    Arrays.sort(warm);
    OUT.print(warm.length == 0 ? "| " : String.format("| %,d ", warm[warm.length / 2] / 1000));
    boolean right = answer.equals(expected);
    OUT.println(right ? "| right |" : "| WRONG: " + answer + " |");
    return right;
  }

  /** Stripped of white space around it; a failure is its own text. */
  private static String answer(Guests guests, LoadedFunction function, byte[] input) {
    Outcome outcome =
        guests.run(
            function,
            new Call(
                input,
                System.nanoTime() + TIMEOUT.toNanos(),
                LIMITS,
                Map.of("GREETING", "hello"),
                Guests.NO_HTTP,
                () -> true));
    return switch (outcome) {
      case Outcome.Answered answered -> new String(answered.json(), StandardCharsets.UTF_8).strip();
      case Outcome.Failed failed -> failed.toString();
    };
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
