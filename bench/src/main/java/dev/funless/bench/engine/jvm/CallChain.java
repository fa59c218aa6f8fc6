package dev.funless.bench.engine.jvm;

import dev.funless.bench.engine.guests.CallCase;
import dev.funless.bench.engine.guests.WrongAnswerException;
import dev.funless.engine.Call;
import dev.funless.engine.Engine;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Calls one after the other, each submitted by the one who is told of the end of the call before:
 * on the guest's thread, so that on an engine with one place no thread is woken between them. What
 * is measured is the time from one end to the next: making the call, queueing it, running it,
 * checking its answer, and one reading of the clock.
 *
 * <p>{@link #run} is for one thread at a time; while it runs the fields belong to the guest's
 * thread, before and after to the caller's.
 */
final class CallChain {

  private static final Duration CALL_ALLOWED = Duration.ofSeconds(10);
  private static final Duration RUN_ALLOWED = Duration.ofMinutes(5);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Engine engine;
  private final LoadedFunction function;
  private final CallCase calls;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);

  private int left;
  private int input;
  private long lastEndNanos;
  private RuntimeException wrong;
  private CountDownLatch ended;

  CallChain(Engine engine, LoadedFunction function, CallCase calls) {
    this.engine = engine;
    this.function = function;
    this.calls = calls;
  }

  /**
   * Makes {@code count} calls and one before them, and waits for the last. The first is not
   * measured, as it wakes the guest's thread.
   *
   * @throws WrongAnswerException where a call gave no answer or a wrong one
   */
  void run(int count) throws InterruptedException {
    left = count + 1;
    lastEndNanos = 0;
    ended = new CountDownLatch(1);
    submit(System.nanoTime());
    if (!ended.await(RUN_ALLOWED.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the calls did not end within " + RUN_ALLOWED);
    }
    if (wrong != null) {
      throw wrong;
    }
  }

  /** The times since the last time this was asked, in nanoseconds a call. */
  Histogram takeNanos() {
    Histogram taken = nanos.copy();
    nanos.reset();
    return taken;
  }

  private void submit(long nowNanos) {
    Call call = Engines.call(calls.inputs().get(input), nowNanos, CALL_ALLOWED);
    if (!engine.submit(function, call, this::done)) {
      end(new IllegalStateException("the engine refused a call"));
    }
  }

  private void done(Outcome outcome) {
    try {
      check(outcome);
    } catch (RuntimeException e) {
      end(e);
      return;
    }
    long now = System.nanoTime();
    if (lastEndNanos != 0) {
      nanos.recordValue(Math.min(now - lastEndNanos, LONGEST_NANOS));
    }
    lastEndNanos = now;
    left--;
    if (left == 0) {
      ended.countDown();
      return;
    }
    input = input + 1 == calls.inputs().size() ? 0 : input + 1;
    submit(now);
  }

  private void check(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered answered -> calls.check(input, answered.json());
      case Outcome.Failed failed ->
          throw new WrongAnswerException(failed.reason() + ": " + failed.message());
    }
  }

  private void end(RuntimeException why) {
    wrong = why;
    ended.countDown();
  }
}
