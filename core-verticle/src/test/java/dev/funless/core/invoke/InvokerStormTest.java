package dev.funless.core.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that do anything at any time, from a fixed seed. */
class InvokerStormTest {

  private static final int CALLS = 1_500;
  private static final int WORKERS = 5;
  private static final long MIB = 1L << 20;
  private static final FunctionId ONCE = new FunctionId("_", "once");

  private final Map<String, Integer> runs = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everyCallEndsOnceAndNothingStaysReserved(long seed) throws Exception {
    SchedulerConfig config =
        new SchedulerConfig(CALLS, 100, 10_000, Duration.ofSeconds(60), Duration.ofMillis(50));
    try (Scheduler scheduler = new Scheduler(Policies.builtIn(), config, seed)) {
      scheduler.add(Specs.of(ONCE, MIB, 300, false));
      scheduler.add(Specs.of(Specs.ID, MIB, 300, true));
      Random random = new Random(seed);
      for (int i = 0; i < WORKERS; i++) {
        FakeWorker worker = scheduler.worker("w" + i, 100 * MIB);
        worker.behaviour = request -> anything(scheduler, worker.id, request, random);
      }

      List<Future<InvokeAnswer>> invocations = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        FunctionId function = i % 2 == 0 ? ONCE : Specs.ID;
        invocations.add(
            scheduler.invoke(
                new InvokeRequest(
                    function.name() + i,
                    function,
                    new byte[20],
                    new byte[0],
                    i % 3 == 0,
                    i % 7 == 0)));
        if (i % 50 == 0) {
          String id = "w" + i / 50 % WORKERS;
          scheduler.lose(id);
          scheduler.join(id);
          scheduler.report(id, 100 * MIB);
        }
      }
      Set<String> outcomes = new TreeSet<>();
      for (Future<InvokeAnswer> invocation : invocations) {
        InvokeAnswer answer = invocation.await(10, TimeUnit.SECONDS);
        outcomes.add(answer.failure().map(Failure::code).orElse("ok"));
      }

      assertTrue(
          outcomes.containsAll(Set.of("ok", "busy", "worker_lost", "deadline", "trap")),
          () -> "the storm was too weak: " + outcomes);
      runs.forEach(
          (id, times) ->
              assertTrue(!id.startsWith(ONCE.name()) || times == 1, () -> id + " ran " + times));
      assertEquals(0, scheduler.calls());
      scheduler.views().forEach(worker -> assertEquals(0, worker.sent()));
    }
  }

  /** Answers, fails, refuses, waits and asks, answers too late, or never. */
  private Future<RunAnswer> anything(
      Scheduler scheduler, String workerId, RunRequest request, Random random) {
    Promise<RunAnswer> answer = Promise.promise();
    int delayMillis = 1 + random.nextInt(20);
    switch (random.nextInt(8)) {
      case 0 -> answer.fail(FakeWorker.BUSY.exception());
      case 1 -> {
        runs.merge(request.invocationId(), 1, Integer::sum);
        answer.fail(new Failure(Category.FUNCTION_FAILED, "trap", "Error.").exception());
      }
      case 2, 3 ->
          later(scheduler, delayMillis, () -> waitThenRun(scheduler, workerId, request, answer));
      case 4 -> {
        runs.merge(request.invocationId(), 1, Integer::sum);
        later(scheduler, 400, () -> answer.complete(RunAnswer.of(new byte[] {'2'})));
      }
      default -> {
        runs.merge(request.invocationId(), 1, Integer::sum);
        later(scheduler, delayMillis, () -> answer.complete(RunAnswer.of(new byte[] {'1'})));
      }
    }
    return answer.future();
  }

  private void waitThenRun(
      Scheduler scheduler, String workerId, RunRequest request, Promise<RunAnswer> answer) {
    scheduler.tellWaits(workerId, request.invocationId());
    later(
        scheduler,
        30,
        () ->
            scheduler
                .askStart(workerId, request.invocationId())
                .onSuccess(
                    allowed -> {
                      if (allowed) {
                        runs.merge(request.invocationId(), 1, Integer::sum);
                        answer.complete(RunAnswer.of(new byte[] {'3'}));
                      } else {
                        answer.fail(
                            new Failure(Category.UNAVAILABLE, "stopped", "Dropped.").exception());
                      }
                    }));
  }

  private static void later(Scheduler scheduler, long millis, Runnable action) {
    scheduler.vertx.setTimer(millis, _ -> action.run());
  }
}
