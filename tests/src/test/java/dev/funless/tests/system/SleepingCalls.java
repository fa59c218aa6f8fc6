package dev.funless.tests.system;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Callers that keep workers busy with a function that sleeps. When a call ran is known from its
 * caller's side: it took its sleep's time, somewhere between request and answer.
 */
final class SleepingCalls {

  private static final Duration AFTER_REFUSAL = Duration.ofMillis(3);

  private final String function;
  private final int leastMs;
  private final int mostMs;
  private final AtomicInteger refusals = new AtomicInteger();

  /**
   * @param function made of the example that sleeps
   */
  SleepingCalls(String function, int leastMs, int mostMs) {
    this.function = function;
    this.leastMs = leastMs;
    this.mostMs = mostMs;
  }

  /** A call that ran for {@code nanos}, not before {@code sent} and not after {@code answered}. */
  record Run(String worker, long sent, long answered, long nanos) {

    /** When it ran at the latest; from here to {@link #earliestEnd} it certainly did. */
    long latestStart() {
      return answered - nanos;
    }

    long earliestEnd() {
      return sent + nanos;
    }

    /** Whether they ran at once on a worker, whenever exactly each of them did. */
    boolean certainlyMet(Run other) {
      return worker.equals(other.worker)
          && earliestEnd() > other.latestStart()
          && other.earliestEnd() > latestStart();
    }

    boolean certainlyRanAt(long nanoTime) {
      return latestStart() <= nanoTime && nanoTime < earliestEnd();
    }
  }

  /** Starts callers that go on until then; gives what ran. */
  List<CompletableFuture<List<Run>>> start(
      int callers, Client client, JsonObject scheduling, long untilNanoTime) {
    return IntStream.range(0, callers)
        .mapToObj(
            _ ->
                CompletableFuture.supplyAsync(
                    () -> call(client, scheduling, untilNanoTime), Thread::startVirtualThread))
        .toList();
  }

  static List<Run> joined(List<CompletableFuture<List<Run>>> callers) {
    return callers.stream().flatMap(runs -> runs.join().stream()).toList();
  }

  /**
   * Calls one after the other, with pauses as long as the calls, so that every worker is free again
   * and again. Where no worker takes a call, the next one comes a moment later.
   */
  private List<Run> call(Client client, JsonObject scheduling, long untilNanoTime) {
    List<Run> runs = new ArrayList<>();
    while (System.nanoTime() < untilNanoTime) {
      int ms = ThreadLocalRandom.current().nextInt(leastMs, mostMs + 1);
      long sent = System.nanoTime();
      Answer answer = client.invoke(function, new JsonObject().put("ms", ms), scheduling);
      long answered = System.nanoTime();
      if (answer.status() == 200) {
        runs.add(new Run(answer.worker(), sent, answered, Duration.ofMillis(ms).toNanos()));
        Eventually.pause(Duration.ofMillis(ms));
      } else if (answer.status() == 503) {
        refusals.incrementAndGet();
        Eventually.pause(AFTER_REFUSAL);
      } else {
        throw new AssertionError(function + " gave " + answer);
      }
    }
    return runs;
  }

  /** How many calls no worker took. */
  int refusals() {
    return refusals.get();
  }
}
