package dev.funless.core.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.schedule.Policies;
import dev.funless.core.sink.Result;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results of functions that have sinks. */
class InvokerSinksTest {

  private static final long MIB = 1L << 20;

  private final List<Result> kept = new CopyOnWriteArrayList<>();
  private final Scheduler scheduler = new Scheduler(Policies.builtIn(), Scheduler.config(10));
  private volatile Future<Void> keeping = Future.succeededFuture();

  @BeforeEach
  void open() {
    scheduler.add(Specs.needing(MIB), List.of(7L, 8L));
    scheduler.outbox =
        (result, sinks) -> {
          assertEquals(List.of(7L, 8L), sinks.stream().map(StoredConnector::id).toList());
          kept.add(result);
          return keeping;
        };
  }

  @AfterEach
  void close() throws Exception {
    assertEquals(0, scheduler.calls(), "every invocation has ended");
    scheduler.close();
  }

  private static InvokeAnswer answer(Future<InvokeAnswer> invocation) throws Exception {
    return invocation.await(10, TimeUnit.SECONDS);
  }

  @Test
  void aResultIsKeptBeforeItsCallerIsAnswered() throws Exception {
    scheduler.worker("a", 10 * MIB).behaviour = _ -> FakeWorker.answer("{\"x\":\"ü\"}");
    Promise<Void> committed = Promise.promise();
    keeping = committed.future();

    Future<InvokeAnswer> invocation = scheduler.invoke();
    while (kept.isEmpty()) {
      Thread.sleep(5);
    }

    assertFalse(invocation.isComplete());
    assertEquals(1, scheduler.calls(), "it is in flight until then");
    committed.complete();
    assertEquals("{\"x\":\"ü\"}", new String(answer(invocation).json(), StandardCharsets.UTF_8));
    Result result = kept.getFirst();
    assertEquals("i1", result.invocationId());
    assertEquals(Specs.ID, result.function());
    assertEquals("ok", result.outcome());
    assertEquals("{\"x\":\"ü\"}", result.json());
    assertTrue(result.endedAt().toEpochMilli() > System.currentTimeMillis() - 60_000);
  }

  @Test
  void whatCannotBeKeptIsNoSuccess() throws Exception {
    scheduler.worker("a", 10 * MIB).behaviour = _ -> FakeWorker.answer("1");
    keeping = Future.failedFuture("The database is gone.");

    InvokeAnswer answer = answer(scheduler.invoke());

    assertEquals(Failures.RESULT_NOT_KEPT, answer.failure().orElseThrow());
    assertEquals(Category.UNAVAILABLE, Failures.RESULT_NOT_KEPT.category());
    assertEquals("name of a", answer.worker());
    assertEquals(0, answer.json().length);
  }

  @Test
  void theFailureOfAFunctionIsAResult() throws Exception {
    Failure failed = new Failure(Category.FUNCTION_FAILED, "trap", "Error: \"it\" trapped.");
    scheduler.worker("a", 10 * MIB).failing(failed);

    assertEquals(failed, answer(scheduler.invoke()).failure().orElseThrow());

    assertEquals("trap", kept.getFirst().outcome());
    assertEquals("{\"error\":\"Error: \\\"it\\\" trapped.\"}", kept.getFirst().json());
  }

  @Test
  void soAreALostWorkerAndADeadlineThatPassed() throws Exception {
    FakeWorker worker = scheduler.worker("a", 10 * MIB);
    worker.behaviour = _ -> Promise.<RunAnswer>promise().future();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    while (worker.requests.isEmpty()) {
      Thread.sleep(5);
    }
    scheduler.lose("a");
    assertEquals("worker_lost", answer(invocation).failure().orElseThrow().code());

    scheduler
        .worker("b", 10 * MIB)
        .failing(new Failure(Category.DEADLINE, "deadline", "It was too slow."));
    assertEquals("deadline", answer(scheduler.invoke()).failure().orElseThrow().code());

    assertEquals(List.of("worker_lost", "deadline"), kept.stream().map(Result::outcome).toList());
  }

  @Test
  void whatDidNotRunIsNone() throws Exception {
    assertEquals(Failures.NO_WORKER, answer(scheduler.invoke()).failure().orElseThrow());
    scheduler.worker("a", 10 * MIB).failing(FakeWorker.BUSY);
    assertEquals(Failures.ALL_BUSY, answer(scheduler.invoke()).failure().orElseThrow());
    FunctionId unknown = new FunctionId("_", "nobody");
    Future<InvokeAnswer> invocation = scheduler.invoke(InvokeRequest.of(unknown, new byte[0]));
    while (!invocation.isComplete()) {
      Thread.sleep(5);
    }
    assertTrue(invocation.failed());

    assertEquals(List.of(), kept);
  }
}
