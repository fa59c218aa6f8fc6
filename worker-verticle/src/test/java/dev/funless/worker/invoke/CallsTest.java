package dev.funless.worker.invoke;

import static dev.funless.worker.invoke.TestWorker.QUEUE;
import static dev.funless.worker.invoke.TestWorker.WORKER;
import static dev.funless.worker.invoke.TestWorker.failure;
import static dev.funless.worker.invoke.TestWorker.finish;
import static dev.funless.worker.invoke.TestWorker.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.CallsQueued;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.StartRequest;
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.shared.protocol.message.WorkerReport.Idle;
import dev.funless.worker.Wasm;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a worker sees calls through; the test is the core. */
class CallsTest {

  private static final FunctionSpec ECHO = Wasm.spec("echo", Wasm.code("echo-wat"));
  private static final FunctionSpec SPIN = Wasm.spec("spin", Wasm.code("spin"));
  private static final FunctionSpec FAIL = Wasm.spec("fail", Wasm.code("fail-wat"));
  private static final FunctionSpec TRAP = Wasm.spec("trap", Wasm.code("trap"));
  private static final Map<String, byte[]> CODE =
      Map.of(
          ECHO.sha256(), Wasm.code("echo-wat"),
          SPIN.sha256(), Wasm.code("spin"),
          FAIL.sha256(), Wasm.code("fail-wat"),
          TRAP.sha256(), Wasm.code("trap"));

  @TempDir Path folder;

  private TestWorker worker;

  @BeforeEach
  void open() throws Exception {
    worker = new TestWorker(folder, CODE);
  }

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void runsAFunctionWhoseCodeItHasToFetchFirst() throws Exception {
    assertEquals("{\"a\":1}", json(worker.run("i", ECHO, "{\"a\":1}", 10_000)));
  }

  @Test
  void callsThatStartAtOnceCostNoMessage() throws Exception {
    worker.prepare(ECHO);
    for (int i = 0; i < 20; i++) {
      json(worker.run("i" + i, ECHO, "{}", 10_000));
    }

    assertTrue(worker.announced.isEmpty());
    assertTrue(worker.asked.isEmpty());
  }

  @Test
  void takesNoMoreCallsThanACallAdmits() throws Exception {
    worker.prepare(SPIN);
    worker.prepare(ECHO);
    Admission two = new Admission(2, List.of());
    Future<RunAnswer> first = worker.run("first", SPIN, 500, two);
    Future<RunAnswer> second = worker.run("second", SPIN, 500, two);
    Failure third = failure(worker.run("third", ECHO, 5_000, two));

    assertEquals(Category.BUSY, third.category());
    assertEquals(Category.DEADLINE, failure(first).category());
    assertEquals(Category.DEADLINE, failure(second).category());
    assertEquals("{}", json(worker.run("fourth", ECHO, 5_000, two)));
    assertEquals(
        Category.BUSY,
        failure(worker.run("none", ECHO, 5_000, new Admission(0, List.of()))).category());
  }

  @Test
  void takesNoCallBesideATagThatItDoesNotAdmit() throws Exception {
    FunctionSpec heavy = Wasm.spec("spin", "heavy", Wasm.code("spin"));
    Admission notHeavy = new Admission(Integer.MAX_VALUE, List.of("light", "heavy"));
    worker.prepare(SPIN);
    worker.prepare(ECHO);
    Future<RunAnswer> spin = worker.run("spin", heavy, 500, Admission.OPEN);
    Failure beside = failure(worker.run("beside", ECHO, 5_000, notHeavy));

    assertEquals(Category.BUSY, beside.category());
    assertEquals("The worker has calls that the script does not allow beside it.", beside.detail());
    assertEquals(Category.DEADLINE, failure(spin).category());
    assertEquals("{}", json(worker.run("after", ECHO, 5_000, notHeavy)));
  }

  @Test
  void aCallThatWaitsIsAnnouncedOnceAndAsksBeforeItStarts() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 400);
    Future<RunAnswer> waits = worker.run("waits", ECHO, "{}", 10_000);

    assertEquals("{}", json(waits));
    assertEquals("deadline", failure(spin).code());
    assertEquals(List.of(new CallsQueued(WORKER, List.of("waits"))), worker.announced);
    assertEquals(List.of(new StartRequest(WORKER, "waits")), worker.asked);
  }

  @Test
  void aCallThatWasGivenToAnotherWorkerMeanwhileDoesNotStart() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    worker.forbidden.add("waits");
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 300);

    Failure failure = failure(worker.run("waits", ECHO, "{}", 10_000));

    assertEquals("stopped", failure.code());
    assertEquals(Category.UNAVAILABLE, failure.category());
    failure(spin);
    assertEquals("{}", json(worker.run("next", ECHO, "{}", 10_000)));
  }

  @Test
  void aCallWhoseCoreDoesNotAnswerDoesNotStart() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    worker.gate = _ -> Future.failedFuture("the core is gone");
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 300);

    assertEquals("stopped", failure(worker.run("waits", ECHO, "{}", 10_000)).code());
    failure(spin);
  }

  @Test
  void aCallThatArrivesLongAfterItsDeadlineDoesNotStart() throws Exception {
    worker.prepare(ECHO);
    long now = System.currentTimeMillis();

    assertEquals("deadline", failure(worker.send("late", ECHO, "{}", 10_000, now - 1_100)).code());
    assertEquals(
        "{}",
        json(worker.send("skewed", ECHO, "{}", 10_000, now - 500)),
        "clocks may differ a little");
  }

  @Test
  void aCallWhoseTimeIsUpBeforeItsTurnDoesNotStart() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 500);
    Future<RunAnswer> waits = worker.run("waits", ECHO, "{}", 100);

    Failure failure = failure(waits);

    assertEquals(Category.DEADLINE, failure.category());
    assertEquals("The deadline passed before the call started.", failure.detail());
    failure(spin);
  }

  @Test
  void anInvocationThatIsThereAlreadyIsRefused() throws Exception {
    worker.prepare(SPIN);
    Future<RunAnswer> first = worker.run("same", SPIN, "{}", 300);

    assertEquals("duplicate", failure(worker.run("same", SPIN, "{}", 300)).code());
    assertEquals("deadline", failure(first).code());
    assertEquals(
        "deadline", failure(worker.run("same", SPIN, "{}", 100)).code(), "the first is over");
  }

  @Test
  void aFullQueueIsBusyAtOnce() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 800);
    await().atMost(5, TimeUnit.SECONDS).until(() -> worker.engine.stats().running() == 1);
    List<Future<RunAnswer>> queued =
        List.of(worker.run("q1", ECHO, "{}", 10_000), worker.run("q2", ECHO, "{}", 10_000));
    await().atMost(5, TimeUnit.SECONDS).until(() -> worker.engine.stats().queued() == QUEUE);

    Failure failure = failure(worker.run("q3", ECHO, "{}", 10_000));

    assertEquals(Category.BUSY, failure.category());
    assertFalse(spin.isComplete());
    for (Future<RunAnswer> each : queued) {
      assertEquals("{}", json(each));
    }
    failure(spin);
  }

  @Test
  void failuresOfFunctionsAreToldApart() throws Exception {
    Failure failed = failure(worker.run("f", FAIL, "{}", 10_000));
    Failure trapped = failure(worker.run("t", TRAP, "{}", 10_000));

    assertEquals("function_error", failed.code());
    assertEquals("trap", trapped.code());
    for (Failure failure : List.of(failed, trapped)) {
      assertEquals(Category.FUNCTION_FAILED, failure.category());
      assertTrue(failure.detail().startsWith("Error: "), failure.detail());
    }
    assertEquals("{}", json(worker.run("e", ECHO, "{}", 10_000)), "the worker goes on");
  }

  @Test
  void reportsTheInstancesThatWait() throws Exception {
    json(worker.run("i", ECHO, "{}", 10_000));

    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> worker.reports.getLast().idle().equals(List.of(new Idle(ECHO.sha256(), 1))));
  }

  @Test
  void reportsWhatRunsAndWhatWaits() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 1_500);
    Future<RunAnswer> waits = worker.run("waits", ECHO, "{}", 10_000);

    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () ->
                worker.reports.stream()
                    .anyMatch(
                        report ->
                            report.running() == 1
                                && report.queued() == 1
                                && report.activity().size() == 2
                                && report.activity().stream()
                                    .allMatch(a -> a.coreId().equals(TestWorker.CORE))));
    WorkerReport report = worker.reports.getLast();
    assertEquals("worker1", report.name());
    assertEquals("gpu", report.tag());
    assertEquals(8 << 20, report.memoryTotalBytes());
    assertEquals(1, report.places());
    assertEquals(QUEUE, report.queueLimit());
    assertEquals(2, report.loadedSequence());
    failure(spin);
    json(waits);
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () ->
                worker.reports.getLast().activity().isEmpty()
                    && worker.reports.getLast().memoryAvailableBytes() == 8 << 20);
  }

  @Test
  void aWorkerThatDrainsTakesNoFurtherCallAndFinishesThoseItHas() throws Exception {
    worker.prepare(ECHO);
    worker.prepare(SPIN);
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 500);
    Future<RunAnswer> waits = worker.run("waits", ECHO, "{}", 10_000);
    await().atMost(5, TimeUnit.SECONDS).until(() -> worker.engine.stats().queued() == 1);

    Future<Void> drained = worker.verticle.drain(Duration.ofSeconds(10));
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> failure(worker.run("late", ECHO, "{}", 10_000)).code().equals("unreachable"));

    finish(drained);
    assertTrue(spin.isComplete());
    assertEquals("{}", json(waits));
  }

  @Test
  void drainingEndsWithItsPatience() throws Exception {
    worker.prepare(SPIN);
    Future<RunAnswer> spin = worker.run("spin", SPIN, "{}", 3_000);
    await().atMost(5, TimeUnit.SECONDS).until(() -> worker.engine.stats().running() == 1);

    finish(worker.verticle.drain(Duration.ofMillis(100)));

    assertFalse(spin.isComplete());
  }
}
