package dev.funless.worker.invoke;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.RunClient;
import dev.funless.shared.protocol.message.CallsQueued;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.PrepareRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.StartAnswer;
import dev.funless.shared.protocol.message.StartRequest;
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.worker.Wasm;
import dev.funless.worker.code.CodeFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole worker verticle with one place and a short queue, on a local bus; the test is the core.
 */
class CallsTest {

  private static final String WORKER = "w";
  private static final String CORE = "c";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int QUEUE = 2;

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

  private final EngineConfig engineConfig = new EngineConfig(1, 0, QUEUE, 8 << 20, 512 * 1024);
  private final Engine engine = new Engine(engineConfig);
  private final List<CallsQueued> announced = new CopyOnWriteArrayList<>();
  private final List<StartRequest> asked = new CopyOnWriteArrayList<>();
  private final List<WorkerReport> reports = new CopyOnWriteArrayList<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /** What the core answers to a worker that asks whether it may start. */
  private volatile Function<StartRequest, Future<StartAnswer>> gate =
      request ->
          Future.succeededFuture(new StartAnswer(!forbidden.contains(request.invocationId())));

  private Vertx vertx;
  private Context context;
  private Bus bus;
  private RunClient runs;
  private WorkerVerticle verticle;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    bus = Bus.of(vertx);
    runs = new RunClient(context, bus, CORE);
    bus.serve(
        Addresses.CODE,
        request -> {
          byte[] code = CODE.get(request.sha256());
          return Future.succeededFuture(new CodeChunk(code, code.length));
        });
    bus.listen(Addresses.queued(CORE), announced::add);
    bus.listen(Addresses.WORKER_REPORTS, reports::add);
    bus.serve(
        Addresses.start(CORE),
        request -> {
          asked.add(request);
          return gate.apply(request);
        });
    verticle =
        new WorkerVerticle(
            new WorkerVerticle.Parts(
                WORKER,
                bus,
                new NodeConfig("worker1", "gpu", "z", folder, 0),
                engine,
                engineConfig,
                new CallsConfig(1_000, 1, Duration.ofSeconds(1)),
                new CodeFiles(folder),
                10,
                _ ->
                    _ -> {
                      throw new IOException("nothing is reached from here");
                    },
                new SimpleMeterRegistry()));
    finish(vertx.deployVerticle(verticle));
  }

  @AfterEach
  void close() throws Exception {
    finish(vertx.close());
    engine.close();
  }

  @Test
  void runsAFunctionWhoseCodeItHasToFetchFirst() throws Exception {
    assertEquals("{\"a\":1}", json(run("i", ECHO, "{\"a\":1}", 10_000)));
  }

  @Test
  void callsThatStartAtOnceCostNoMessage() throws Exception {
    prepare(ECHO);
    for (int i = 0; i < 20; i++) {
      json(run("i" + i, ECHO, "{}", 10_000));
    }

    assertTrue(announced.isEmpty());
    assertTrue(asked.isEmpty());
  }

  @Test
  void aCallThatWaitsIsAnnouncedOnceAndAsksBeforeItStarts() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 400);
    Future<RunAnswer> waits = run("waits", ECHO, "{}", 10_000);

    assertEquals("{}", json(waits));
    assertEquals("deadline", failure(spin).code());
    assertEquals(List.of(new CallsQueued(WORKER, List.of("waits"))), announced);
    assertEquals(List.of(new StartRequest(WORKER, "waits")), asked);
  }

  @Test
  void aCallThatWasGivenToAnotherWorkerMeanwhileDoesNotStart() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    forbidden.add("waits");
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 300);

    Failure failure = failure(run("waits", ECHO, "{}", 10_000));

    assertEquals("stopped", failure.code());
    assertEquals(Category.UNAVAILABLE, failure.category());
    failure(spin);
    assertEquals("{}", json(run("next", ECHO, "{}", 10_000)));
  }

  @Test
  void aCallWhoseCoreDoesNotAnswerDoesNotStart() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    gate = _ -> Future.failedFuture("the core is gone");
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 300);

    assertEquals("stopped", failure(run("waits", ECHO, "{}", 10_000)).code());
    failure(spin);
  }

  @Test
  void aCallThatArrivesLongAfterItsDeadlineDoesNotStart() throws Exception {
    prepare(ECHO);
    long now = System.currentTimeMillis();

    assertEquals("deadline", failure(send("late", ECHO, "{}", 10_000, now - 1_100)).code());
    assertEquals(
        "{}", json(send("skewed", ECHO, "{}", 10_000, now - 500)), "clocks may differ a little");
  }

  @Test
  void aCallWhoseTimeIsUpBeforeItsTurnDoesNotStart() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 500);
    Future<RunAnswer> waits = run("waits", ECHO, "{}", 100);

    Failure failure = failure(waits);

    assertEquals(Category.DEADLINE, failure.category());
    assertEquals("The deadline passed before the call started.", failure.detail());
    failure(spin);
  }

  @Test
  void anInvocationThatIsThereAlreadyIsRefused() throws Exception {
    prepare(SPIN);
    Future<RunAnswer> first = run("same", SPIN, "{}", 300);

    assertEquals("duplicate", failure(run("same", SPIN, "{}", 300)).code());
    assertEquals("deadline", failure(first).code());
    assertEquals("deadline", failure(run("same", SPIN, "{}", 100)).code(), "the first is over");
  }

  @Test
  void aFullQueueIsBusyAtOnce() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 800);
    await().atMost(5, TimeUnit.SECONDS).until(() -> engine.stats().running() == 1);
    List<Future<RunAnswer>> queued =
        List.of(run("q1", ECHO, "{}", 10_000), run("q2", ECHO, "{}", 10_000));
    await().atMost(5, TimeUnit.SECONDS).until(() -> engine.stats().queued() == QUEUE);

    Failure failure = failure(run("q3", ECHO, "{}", 10_000));

    assertEquals(Category.BUSY, failure.category());
    assertFalse(spin.isComplete());
    for (Future<RunAnswer> each : queued) {
      assertEquals("{}", json(each));
    }
    failure(spin);
  }

  @Test
  void failuresOfFunctionsAreToldApart() throws Exception {
    Failure failed = failure(run("f", FAIL, "{}", 10_000));
    Failure trapped = failure(run("t", TRAP, "{}", 10_000));

    assertEquals("function_error", failed.code());
    assertEquals("trap", trapped.code());
    for (Failure failure : List.of(failed, trapped)) {
      assertEquals(Category.FUNCTION_FAILED, failure.category());
      assertTrue(failure.detail().startsWith("Error: "), failure.detail());
    }
    assertEquals("{}", json(run("e", ECHO, "{}", 10_000)), "the worker goes on");
  }

  @Test
  void reportsWhatRunsAndWhatWaits() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 1_500);
    Future<RunAnswer> waits = run("waits", ECHO, "{}", 10_000);

    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () ->
                reports.stream()
                    .anyMatch(
                        report ->
                            report.running() == 1
                                && report.queued() == 1
                                && report.activity().size() == 2));
    WorkerReport report = reports.getLast();
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
                reports.getLast().activity().isEmpty()
                    && reports.getLast().memoryAvailableBytes() == 8 << 20);
  }

  @Test
  void aWorkerThatDrainsTakesNoFurtherCallAndFinishesThoseItHas() throws Exception {
    prepare(ECHO);
    prepare(SPIN);
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 500);
    Future<RunAnswer> waits = run("waits", ECHO, "{}", 10_000);
    await().atMost(5, TimeUnit.SECONDS).until(() -> engine.stats().queued() == 1);

    Future<Void> drained = verticle.drain(Duration.ofSeconds(10));
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> failure(run("late", ECHO, "{}", 10_000)).code().equals("unreachable"));

    finish(drained);
    assertTrue(spin.isComplete());
    assertEquals("{}", json(waits));
  }

  @Test
  void drainingEndsWithItsPatience() throws Exception {
    prepare(SPIN);
    Future<RunAnswer> spin = run("spin", SPIN, "{}", 3_000);
    await().atMost(5, TimeUnit.SECONDS).until(() -> engine.stats().running() == 1);

    finish(verticle.drain(Duration.ofMillis(100)));

    assertFalse(spin.isComplete());
  }

  private void prepare(FunctionSpec function) throws Exception {
    finish(bus.request(Addresses.prepare(WORKER), new PrepareRequest(function), PATIENCE));
  }

  private Future<RunAnswer> run(
      String id, FunctionSpec function, String args, long remainingMillis) {
    return send(id, function, args, remainingMillis, System.currentTimeMillis() + remainingMillis);
  }

  private Future<RunAnswer> send(
      String id,
      FunctionSpec function,
      String args,
      long remainingMillis,
      long deadlineEpochMillis) {
    RunRequest request =
        new RunRequest(
            id,
            CORE,
            function,
            args.getBytes(StandardCharsets.UTF_8),
            remainingMillis,
            deadlineEpochMillis);
    Promise<RunAnswer> answer = Promise.promise();
    context.runOnContext(_ -> runs.request(WORKER, request, PATIENCE).onComplete(answer));
    return answer.future();
  }

  private static String json(Future<RunAnswer> call) throws Exception {
    return new String(finish(call).json(), StandardCharsets.UTF_8);
  }

  private static Failure failure(Future<?> call) {
    Exception e = assertThrows(Exception.class, () -> finish(call));
    return assertInstanceOf(FailureException.class, e).failure();
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
