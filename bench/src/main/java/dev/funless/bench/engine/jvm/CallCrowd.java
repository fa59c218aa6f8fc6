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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Several calls outstanding at a time: whoever is told of the end of one submits the next. {@link
 * #run} is for one thread at a time.
 */
final class CallCrowd {

  private static final Duration CALL_ALLOWED = Duration.ofSeconds(10);
  private static final Duration RUN_ALLOWED = Duration.ofMinutes(5);

  private final Engine engine;
  private final LoadedFunction function;
  private final CallCase calls;
  private final int outstanding;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicReference<RuntimeException> wrong = new AtomicReference<>();

  CallCrowd(Engine engine, LoadedFunction function, CallCase calls, int outstanding) {
    this.engine = engine;
    this.function = function;
    this.calls = calls;
    this.outstanding = outstanding;
  }

  /**
   * Makes {@code count} calls, and waits for all.
   *
   * @throws WrongAnswerException where a call gave no answer or a wrong one
   */
  void run(int count) throws InterruptedException {
    if (count < outstanding) {
      throw new IllegalArgumentException("fewer calls than outstanding ones");
    }
    left.set(count - outstanding);
    CountDownLatch ended = new CountDownLatch(outstanding);
    for (int i = 0; i < outstanding; i++) {
      submit(i % calls.inputs().size(), ended);
    }
    if (!ended.await(RUN_ALLOWED.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the calls did not end within " + RUN_ALLOWED);
    }
    if (wrong.get() != null) {
      throw wrong.get();
    }
  }

  private void submit(int input, CountDownLatch ended) {
    Call call = Engines.call(calls.inputs().get(input), System.nanoTime(), CALL_ALLOWED);
    if (!engine.submit(function, call, outcome -> done(input, outcome, ended))) {
      end(new IllegalStateException("the engine refused a call"), ended);
    }
  }

  private void done(int input, Outcome outcome, CountDownLatch ended) {
    try {
      switch (outcome) {
        case Outcome.Answered answered -> calls.check(input, answered.json());
        case Outcome.Failed failed ->
            throw new WrongAnswerException(failed.reason() + ": " + failed.message());
      }
    } catch (RuntimeException e) {
      end(e, ended);
      return;
    }
    if (left.getAndDecrement() > 0) {
      submit((input + 1) % calls.inputs().size(), ended);
    } else {
      ended.countDown();
    }
  }

  private void end(RuntimeException why, CountDownLatch ended) {
    wrong.compareAndSet(null, why);
    ended.countDown();
  }
}
