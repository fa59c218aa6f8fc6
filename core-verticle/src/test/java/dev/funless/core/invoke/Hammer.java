package dev.funless.core.invoke;

import dev.funless.core.Specs;
import dev.funless.core.schedule.AppConfig;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that invoke functions one call after the other, under a script, on workers that answer,
 * fail, refuse, wait, answer too late or never, are lost and replaced at any time.
 */
final class Hammer implements AutoCloseable {

  /** Clients make so many calls, and go on until so many workers were lost. */
  private static final int CALLS = 2_000;

  private static final int LOSSES = 25;
  static final int WORKERS = 4;
  static final long MAX_BYTES = 10_000;
  static final long AVAILABLE_BYTES = 100L << 20;

  private static final int CLIENTS = 20;
  private static final long TIMEOUT_MILLIS = 60;

  /** How often each invocation was answered. */
  final Map<String, Integer> answers = new ConcurrentHashMap<>();

  final Set<String> outcomes = ConcurrentHashMap.newKeySet();
  final Scheduler scheduler;
  private final Held held;
  private final Random random;
  private final List<FunctionId> functions = new ArrayList<>();
  private final List<String> workers = new ArrayList<>();
  private final AtomicInteger started = new AtomicInteger();
  private final CountDownLatch clients = new CountDownLatch(CLIENTS);
  private final AtomicInteger workersMade = new AtomicInteger();

  Hammer(String script, Held held, long seed, String... tags) throws Exception {
    this.held = held;
    this.random = new Random(seed);
    SchedulerConfig config =
        new SchedulerConfig(CALLS, 100, MAX_BYTES, Duration.ofSeconds(60), Duration.ofMillis(10));
    scheduler = new Scheduler(Policies.builtIn(), config, seed);
    scheduler.add("s", script);
    for (String tag : tags) {
      add(tag, false);
      add(tag, true);
    }
    for (int i = 0; i < WORKERS; i++) {
      join();
    }
  }

  private void add(String tag, boolean idempotent) {
    FunctionId id = new FunctionId("_", tag + (idempotent ? "_again" : "_once"));
    functions.add(id);
    scheduler.add(Specs.of(id, tag, 1 << 20, TIMEOUT_MILLIS, idempotent), new AppConfig("s"));
  }

  private void join() throws Exception {
    String id = "w" + workersMade.getAndIncrement();
    FakeWorker worker = scheduler.worker(id, AVAILABLE_BYTES);
    worker.behaviour = request -> anything(id, request);
    workers.add(id);
  }

  int started() {
    return started.get();
  }

  /** Until every client has made its calls. */
  void run() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      next();
    }
    int rounds = 0;
    while (!clients.await(10, TimeUnit.MILLISECONDS)) {
      if (++rounds > 6_000) {
        throw new AssertionError("clients wait for answers that do not come");
      }
      int index = random.nextInt(WORKERS);
      if (random.nextInt(3) == 0) {
        scheduler.report(workers.get(index), AVAILABLE_BYTES);
      } else {
        scheduler.lose(workers.remove(index));
        join();
      }
    }
  }

  private void next() {
    if (started.get() >= CALLS && workersMade.get() >= WORKERS + LOSSES) {
      clients.countDown();
      return;
    }
    int number = started.getAndIncrement();
    String id = "i" + number;
    FunctionId function = functions.get(number % functions.size());
    scheduler.invoke(
        new InvokeRequest(id, function, new byte[20], new byte[0], false, number % 5 == 0),
        answer -> ended(id, answer));
  }

  private void ended(String id, AsyncResult<InvokeAnswer> answer) {
    held.ended(id);
    answers.merge(id, 1, Integer::sum);
    outcomes.add(
        answer.succeeded()
            ? answer.result().failure().map(Failure::code).orElse("ok")
            : answer.cause().toString());
    later(1, this::next);
  }

  private Future<RunAnswer> anything(String workerId, RunRequest request) {
    Promise<RunAnswer> answer = Promise.promise();
    int dice = random.nextInt(100);
    if (dice < 10 || !held.take(workerId, request)) {
      answer.fail(FakeWorker.BUSY.exception());
    } else if (dice < 20) {
      Failure trap = new Failure(Category.FUNCTION_FAILED, "trap", "Error.");
      end(workerId, request, () -> answer.fail(trap.exception()));
    } else if (dice < 35) {
      later(2, () -> waitThenRun(workerId, request, answer));
    } else if (dice < 37) {
      later(3 * TIMEOUT_MILLIS, () -> answer.complete(RunAnswer.of(new byte[] {'2'})));
    } else if (dice >= 39) {
      int millis = 1 + random.nextInt(5);
      later(
          millis,
          () -> end(workerId, request, () -> answer.complete(RunAnswer.of(new byte[] {'1'}))));
    }
    return answer.future();
  }

  private void waitThenRun(String workerId, RunRequest request, Promise<RunAnswer> answer) {
    scheduler.tellWaits(workerId, request.invocationId());
    later(
        5,
        () ->
            scheduler
                .askStart(workerId, request.invocationId())
                .onSuccess(
                    allowed ->
                        end(
                            workerId,
                            request,
                            () ->
                                answer.complete(
                                    allowed
                                        ? RunAnswer.of(new byte[] {'3'})
                                        : RunAnswer.failed(FakeWorker.BUSY)))));
  }

  /** The worker has the call no longer, and says so. */
  private void end(String workerId, RunRequest request, Runnable answer) {
    held.drop(workerId, request.invocationId());
    answer.run();
  }

  private void later(long millis, Runnable action) {
    scheduler.vertx.setTimer(millis, _ -> action.run());
  }

  /** What is still reserved of the workers that are there, one text for each. */
  Set<String> reserved(String... tags) throws Exception {
    return scheduler.look(
        MAX_BYTES,
        free -> {
          Set<String> reserved = new TreeSet<>();
          if (free.size() != WORKERS) {
            reserved.add("bytes, or calls, of " + (WORKERS - free.size()) + " workers");
          }
          free.stream()
              .filter(w -> w.sent() + w.calls() > 0)
              .forEach(w -> reserved.add("calls of " + w.name()));
          free.stream()
              .filter(w -> w.memoryAvailableBytes() != AVAILABLE_BYTES)
              .forEach(w -> reserved.add("memory of " + w.name()));
          for (String tag : tags) {
            free.stream()
                .filter(w -> w.has(tag))
                .forEach(w -> reserved.add(tag + " on " + w.name()));
          }
          return reserved;
        });
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
