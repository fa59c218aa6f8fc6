package dev.funless.shared.protocol;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunBatch;
import dev.funless.shared.protocol.message.RunBatch.Run;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.RunResults;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has workers run functions: requests and answers as with {@link Bus#request}, but in batches,
 * since this is what travels most. Confined to the event loop of its context.
 */
public final class RunClient {

  private static final Logger log = LoggerFactory.getLogger(RunClient.class);

  private static final long EXPIRY_CHECK_MILLIS = 20;

  private record Pending(Promise<RunAnswer> promise, String workerId, long expiresNanos) {}

  private final Loop loop;
  private final Bus bus;
  private final String coreId;
  private final Outbox<Run> outbox;
  private final Bus.Registration results;

  /** By number. */
  private final Map<Long, Pending> pending = new HashMap<>();

  private long lastNumber;

  /**
   * @param context of an event loop, on which all requests are made
   * @param coreId where the answers come to
   */
  public RunClient(Context context, Bus bus, String coreId) {
    this.loop = new Loop(context);
    this.bus = bus;
    this.coreId = coreId;
    this.outbox =
        new Outbox<>(
            loop,
            run -> run.request().args().length,
            (workerId, runs) -> send(workerId, List.copyOf(runs)));
    this.results =
        bus.listen(Addresses.results(coreId), message -> loop.run(() -> answered(message)));
    loop.afterThisTurn(
        () -> context.owner().setPeriodic(EXPIRY_CHECK_MILLIS, _ -> expire(System.nanoTime())));
  }

  /** Completes when workers can answer. */
  public Future<Void> ready() {
    return results.ready();
  }

  /**
   * Has a worker run a function. The future never fails. The answer's failure is what the worker
   * said, {@code unreachable} where no such worker serves, or {@code timeout} where nothing came in
   * time.
   */
  public Future<RunAnswer> request(String workerId, RunRequest request, Duration timeout) {
    Promise<RunAnswer> promise = Promise.promise();
    long number = ++lastNumber;
    pending.put(number, new Pending(promise, workerId, System.nanoTime() + timeout.toNanos()));
    outbox.add(workerId, new Run(number, request));
    return promise.future();
  }

  private void send(String workerId, List<Run> runs) {
    try {
      bus.tell(Addresses.runs(workerId), new RunBatch(coreId, runs))
          .onFailure(e -> notSent(workerId, runs, e));
    } catch (RuntimeException e) {
      log.error("Calls to worker {} could not be sent", workerId, e);
      runs.forEach(run -> fail(run.number(), Bus.INTERNAL));
    }
  }

  /** Where it is not sure that nothing arrived, the calls are left to their ends or deadlines. */
  private void notSent(String workerId, List<Run> runs, Throwable cause) {
    if (cause instanceof ReplyException e && e.failureType() == ReplyFailure.NO_HANDLERS) {
      Failure unreachable =
          new Failure(
              Category.UNAVAILABLE, "unreachable", "Nobody answers as worker " + workerId + ".");
      runs.forEach(run -> fail(run.number(), unreachable));
    } else {
      log.warn("Calls to worker {} may not have arrived: {}", workerId, cause.toString());
    }
  }

  private void answered(RunResults message) {
    for (RunResults.Result result : message.results()) {
      Pending call = pending.remove(result.number());
      // One that is not there was answered too late.
      if (call != null) {
        call.promise().complete(result.answer());
      }
    }
  }

  private void fail(long number, Failure failure) {
    Pending call = pending.remove(number);
    if (call != null) {
      call.promise().complete(RunAnswer.failed(failure));
    }
  }

  private void expire(long nowNanos) {
    List<Map.Entry<Long, Pending>> expired =
        pending.entrySet().stream()
            .filter(call -> nowNanos - call.getValue().expiresNanos() >= 0)
            .map(Map.Entry::copyOf)
            .toList();
    expired.forEach(
        call ->
            fail(
                call.getKey(),
                new Failure(
                    Category.DEADLINE,
                    "timeout",
                    "No answer came from worker " + call.getValue().workerId() + ".")));
  }
}
