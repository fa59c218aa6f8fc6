package dev.funless.worker.invoke;

import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.config.Settings;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.RunClient;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.CallsQueued;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.PrepareRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.StartAnswer;
import dev.funless.shared.protocol.message.StartRequest;
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.worker.code.CodeFiles;
import dev.funless.worker.latency.LatencyConfig;
import dev.funless.worker.outbound.OutboundConfig;
import dev.funless.worker.outbound.Reach;
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

/** A whole worker verticle with one place and a short queue, on a local bus, and its core. */
final class TestWorker implements AutoCloseable {

  static final String WORKER = "w";
  static final int QUEUE = 2;
  static final int LOG_BYTES = 1_000;

  static final String CORE = "c";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final EngineConfig engineConfig = new EngineConfig(1, 0, QUEUE, 8 << 20, 512 * 1024);
  final Engine engine = new Engine(engineConfig);
  final List<CallsQueued> announced = new CopyOnWriteArrayList<>();
  final List<StartRequest> asked = new CopyOnWriteArrayList<>();
  final List<WorkerReport> reports = new CopyOnWriteArrayList<>();
  final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /** What the core answers to a worker that asks whether it may start. */
  volatile Function<StartRequest, Future<StartAnswer>> gate =
      request ->
          Future.succeededFuture(new StartAnswer(!forbidden.contains(request.invocationId())));

  final WorkerVerticle verticle;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Bus bus = Bus.of(vertx);
  private final RunClient runs = new RunClient(context, bus, CORE);

  /**
   * @param code of the functions, by hash
   */
  TestWorker(Path folder, Map<String, byte[]> code) throws Exception {
    bus.serve(
        Addresses.CODE,
        request -> {
          byte[] whole = code.get(request.sha256());
          return Future.succeededFuture(new CodeChunk(whole, whole.length));
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
                new CallsConfig(LOG_BYTES, 1, Duration.ofSeconds(1)),
                new CodeFiles(folder),
                1L << 30,
                _ ->
                    _ -> {
                      throw new IOException("nothing is reached from here");
                    },
                new SimpleMeterRegistry(),
                new LatencyConfig(Duration.ofMillis(20), Duration.ofSeconds(5), 256),
                new Reach(OutboundConfig.read(Settings.of(Map.of())))));
    finish(vertx.deployVerticle(verticle));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    engine.close();
  }

  /** As a core does. */
  void tell(CatalogChanged change) {
    bus.publish(Addresses.CATALOG_CHANGES, change);
  }

  void prepare(FunctionSpec function) throws Exception {
    finish(bus.request(Addresses.prepare(WORKER), new PrepareRequest(function), PATIENCE));
  }

  Future<RunAnswer> run(String id, FunctionSpec function, String args, long remainingMillis) {
    return send(id, function, args, remainingMillis, System.currentTimeMillis() + remainingMillis);
  }

  Future<RunAnswer> send(
      String id,
      FunctionSpec function,
      String args,
      long remainingMillis,
      long deadlineEpochMillis) {
    return send(
        new RunRequest(
            id,
            CORE,
            function,
            args.getBytes(StandardCharsets.UTF_8),
            remainingMillis,
            deadlineEpochMillis,
            false,
            Admission.OPEN));
  }

  /** Asks for the log, too. */
  Future<RunAnswer> runWithLog(
      String id, FunctionSpec function, String args, long remainingMillis) {
    return send(
        new RunRequest(
            id,
            CORE,
            function,
            args.getBytes(StandardCharsets.UTF_8),
            remainingMillis,
            System.currentTimeMillis() + remainingMillis,
            true,
            Admission.OPEN));
  }

  Future<RunAnswer> run(
      String id, FunctionSpec function, long remainingMillis, Admission admission) {
    return send(
        new RunRequest(
            id,
            CORE,
            function,
            "{}".getBytes(StandardCharsets.UTF_8),
            remainingMillis,
            System.currentTimeMillis() + remainingMillis,
            false,
            admission));
  }

  private Future<RunAnswer> send(RunRequest request) {
    Promise<RunAnswer> answer = Promise.promise();
    context.runOnContext(_ -> runs.request(WORKER, request, PATIENCE).onComplete(answer));
    return answer.future();
  }

  static String json(Future<RunAnswer> call) throws Exception {
    RunAnswer answer = finish(call);
    answer
        .failure()
        .ifPresent(
            failure -> {
              throw failure.exception();
            });
    return new String(answer.json(), StandardCharsets.UTF_8);
  }

  static Failure failure(Future<RunAnswer> call) throws Exception {
    return finish(call).failure().orElseThrow();
  }

  static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
