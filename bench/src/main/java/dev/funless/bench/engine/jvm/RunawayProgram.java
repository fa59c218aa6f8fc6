package dev.funless.bench.engine.jvm;

import dev.funless.bench.engine.guests.CallCase;
import dev.funless.bench.engine.guests.Guests;
import dev.funless.bench.engine.guests.NumberedModule;
import dev.funless.engine.Engine;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * {@code RunawayProgram FOLDER STOPS}: loops of several kinds that never end, each stopped by its
 * deadline, on an engine with two places, whose other one runs calls that are checked. Each loop is
 * stopped twice as the same function, then comes a module with other bytes, so that a function that
 * is put into quarantine does not end the measurement.
 */
public final class RunawayProgram {

  /** Long enough for a loop to get the code that it would have in earnest. */
  private static final Duration LOOP_ALLOWED = Duration.ofMillis(100);

  private static final int STOPS_A_FUNCTION = 2;
  private static final int KINDS = 5;
  private static final int RETRIES = 5;
  private static final int NEIGHBOUR_BATCH = 200;
  private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();

  /** Written here, read by the neighbour's thread. */
  private volatile boolean ended;

  private RunawayProgram() {}

  static void main(String[] args) throws Exception {
    new RunawayProgram().run(Path.of(args[0]), Integer.parseInt(args[1]));
  }

  private void run(Path folder, int stops) throws Exception {
    byte[] wasm = Files.readAllBytes(folder.resolve(Guests.RUNAWAY + ".wasm"));
    CallCase json = CallCase.read(folder, Guests.JSON);
    Histogram lateNanos = new Histogram(LONGEST_NANOS, 3);
    try (Engine engine = Engines.running(2, 4)) {
      CallChain neighbour = new CallChain(engine, Engines.compiled(engine, json.wasm()), json);
      neighbour.run(20_000);
      neighbour.takeNanos();
      CompletableFuture<Long> calls = new CompletableFuture<>();
      Thread.ofPlatform().name("neighbour").start(() -> keepCalling(neighbour, calls));
      LoadedFunction loop = null;
      for (int i = 0; i < stops; i++) {
        if (i % STOPS_A_FUNCTION == 0) {
          loop = Engines.compiled(engine, NumberedModule.withSection(wasm, i));
        }
        String kind = Integer.toString(i / STOPS_A_FUNCTION % KINDS);
        lateNanos.recordValue(late(engine, loop, kind));
      }
      ended = true;
      long made = calls.get();
      Histogram nanos = neighbour.takeNanos();
      System.out.println(
          String.format(
              Locale.ROOT,
              "result p50=%.3f max=%.3f neighbour.p50=%.3f neighbour.p99=%.3f neighbour.calls=%d",
              lateNanos.getValueAtPercentile(50) / 1e6,
              lateNanos.getMaxValue() / 1e6,
              nanos.getValueAtPercentile(50) / 1e3,
              nanos.getValueAtPercentile(99) / 1e3,
              made));
    }
  }

  private void keepCalling(CallChain neighbour, CompletableFuture<Long> calls) {
    try {
      long made = 0;
      do {
        neighbour.run(NEIGHBOUR_BATCH);
        made += NEIGHBOUR_BATCH;
      } while (!ended);
      calls.complete(made);
    } catch (InterruptedException | RuntimeException e) {
      calls.completeExceptionally(e);
    }
  }

  private static long late(Engine engine, LoadedFunction loop, String kind)
      throws InterruptedException {
    byte[] input = kind.getBytes(StandardCharsets.UTF_8);
    SingleCalls.Ended end = SingleCalls.ended(engine, loop, input, LOOP_ALLOWED);
    for (int i = 0; i < RETRIES && reason(end) == Outcome.Reason.EXPIRED; i++) {
      // The machine had no processor for the loop until its deadline: nothing was stopped.
      end = SingleCalls.ended(engine, loop, input, LOOP_ALLOWED);
    }
    if (reason(end) != Outcome.Reason.DEADLINE) {
      throw new IllegalStateException("loop " + kind + " ended otherwise: " + end.outcome());
    }
    return Math.max(0, end.atNanos() - end.deadlineNanos());
  }

  private static Outcome.Reason reason(SingleCalls.Ended end) {
    return switch (end.outcome()) {
      case Outcome.Failed failed -> failed.reason();
      case Outcome.Answered _ -> throw new IllegalStateException("a loop without an end answered");
    };
  }
}
