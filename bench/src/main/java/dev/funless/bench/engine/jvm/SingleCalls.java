package dev.funless.bench.engine.jvm;

import dev.funless.engine.Engine;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls that are waited for, one at a time. */
final class SingleCalls {

  /** Beyond what the call itself is allowed. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private SingleCalls() {}

  /**
   * @return the answer
   * @throws IllegalStateException where there was none
   */
  static byte[] answer(Engine engine, LoadedFunction function, byte[] input, Duration allowed)
      throws InterruptedException {
    return switch (ended(engine, function, input, allowed).outcome()) {
      case Outcome.Answered answered -> answered.json();
      case Outcome.Failed failed ->
          throw new IllegalStateException(failed.reason() + ": " + failed.message());
    };
  }

  /**
   * @param atNanos when the caller was told, as {@link System#nanoTime}
   */
  record Ended(Outcome outcome, long deadlineNanos, long atNanos) {}

  static Ended ended(Engine engine, LoadedFunction function, byte[] input, Duration allowed)
      throws InterruptedException {
    CompletableFuture<Ended> ended = new CompletableFuture<>();
    long now = System.nanoTime();
    long deadlineNanos = now + allowed.toNanos();
    boolean taken =
        engine.submit(
            function,
            Engines.call(input, now, allowed),
            outcome -> ended.complete(new Ended(outcome, deadlineNanos, System.nanoTime())));
    if (!taken) {
      throw new IllegalStateException("the engine refused a call");
    }
    try {
      return ended.get(allowed.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a call did not end within its deadline and " + GRACE, e);
    }
  }
}
