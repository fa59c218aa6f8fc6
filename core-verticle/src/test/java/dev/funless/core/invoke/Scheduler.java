package dev.funless.core.invoke;

import dev.funless.core.Specs;
import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.schedule.Advice;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Explanation;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.Worker;
import dev.funless.core.schedule.app.AppParser;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.InvalidScriptException;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.core.sink.Result;
import dev.funless.core.workers.Reports;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.core.workers.WorkerView;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.RunClient;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.StartRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** An invoker with a real bus, on an event loop of its own, and the functions that a test adds. */
final class Scheduler implements AutoCloseable {

  static final String CORE = "core";

  final Vertx vertx = Vertx.vertx();
  final Bus bus = Bus.of(vertx);
  private final Context context = vertx.getOrCreateContext();
  private final Map<FunctionId, FunctionDefinition> functions = new ConcurrentHashMap<>();

  /** What a policy that is a function answers, by what it is asked. */
  volatile Function<String, Future<Advice>> guestPolicy =
      _ -> Future.succeededFuture(new Advice.Failed("there is no such function"));

  /** What becomes of results for sinks. */
  volatile BiFunction<Result, List<StoredConnector>, Future<Void>> outbox =
      (_, _) -> Future.failedFuture("no result was expected");

  private final Map<String, AppScript> scripts = new ConcurrentHashMap<>();
  private final WorkerRegistry workers;
  private final Invoker invoker;

  Scheduler(Policies policies, SchedulerConfig config) {
    this(policies, config, 1);
  }

  Scheduler(Policies policies, SchedulerConfig config, long seed) {
    workers =
        new WorkerRegistry(
            CORE, config.workerSilence(), config.maxCallsPerWorker(), config.maxBytesPerWorker());
    InvocationMetrics metrics = new InvocationMetrics(new SimpleMeterRegistry());
    Circumstances.Core core =
        new Circumstances.Core(
            "core1", "", workers::zoneOfCore, name -> Optional.ofNullable(scripts.get(name)));
    invoker =
        new Invoker(
            CORE,
            new RunClient(context, bus, CORE),
            id -> Future.succeededFuture(Optional.ofNullable(functions.get(id))),
            name -> Future.succeededFuture(Optional.ofNullable(scripts.get(name))),
            policies,
            (_, question) -> guestPolicy.apply(new String(question, StandardCharsets.UTF_8)),
            workers,
            config,
            metrics,
            new Decider(core, policies, workers, metrics, new Random(seed)),
            (result, sinks) -> outbox.apply(result, sinks));
  }

  static SchedulerConfig config(int maxCalls) {
    return new SchedulerConfig(
        maxCalls, 1_000, 1L << 20, Duration.ofSeconds(60), Duration.ofMillis(100));
  }

  void add(FunctionSpec function, PolicyConfig policy) {
    functions.put(
        function.id(),
        new FunctionDefinition(
            function,
            FunctionMetadata.NONE,
            policy,
            CostExpression.sum(function.services().size())));
  }

  /** One whose results go to sinks with these ids. */
  void add(FunctionSpec function, List<Long> sinks) {
    functions.put(
        function.id(),
        new FunctionDefinition(
            function,
            FunctionMetadata.NONE,
            Policies.DEFAULT,
            CostExpression.sum(0),
            List.of(),
            sinks.stream().map(id -> new StoredConnector(id, "fake", "{}")).toList()));
  }

  void add(String scriptName, String script) throws InvalidScriptException {
    scripts.put(scriptName, AppParser.parse(script));
  }

  void add(FunctionSpec function) {
    add(function, Policies.DEFAULT);
  }

  /** A worker that serves, has joined and has reported. */
  FakeWorker worker(String id, long availableBytes) throws Exception {
    FakeWorker worker = new FakeWorker(id);
    worker.serve(vertx.getOrCreateContext(), bus).ready().await(5, TimeUnit.SECONDS);
    join(id);
    report(id, availableBytes);
    return worker;
  }

  void join(String id) throws Exception {
    on(
        () -> {
          workers.joined(node(id));
          return null;
        });
  }

  private static Node node(String id) {
    return new Node(id, Role.WORKER, "name of " + id, "", "");
  }

  void report(String id, long availableBytes) throws Exception {
    on(() -> workers.reported(Reports.of(id, availableBytes, 0), System.nanoTime()));
  }

  /** As when a worker has said nothing for so long. */
  void reportedBefore(String id, long availableBytes, Duration ago) throws Exception {
    on(
        () ->
            workers.reported(Reports.of(id, availableBytes, 0), System.nanoTime() - ago.toNanos()));
  }

  /** As when a worker leaves the cluster. */
  void lose(String id) throws Exception {
    on(
        () -> {
          workers.left(node(id));
          invoker.workerLost(id);
          return null;
        });
  }

  void waits(String workerId, String invocationId) throws Exception {
    on(
        () -> {
          invoker.waits(workerId, invocationId);
          return null;
        });
  }

  boolean mayStart(String workerId, String invocationId) throws Exception {
    return on(() -> invoker.mayStart(new StartRequest(workerId, invocationId)));
  }

  /** As {@link #waits}, without waiting itself. */
  void tellWaits(String workerId, String invocationId) {
    context.runOnContext(_ -> invoker.waits(workerId, invocationId));
  }

  /** As {@link #mayStart}, without waiting for the answer. */
  Future<Boolean> askStart(String workerId, String invocationId) {
    Promise<Boolean> answer = Promise.promise();
    context.runOnContext(
        _ -> answer.complete(invoker.mayStart(new StartRequest(workerId, invocationId))));
    return answer.future();
  }

  void drain() throws Exception {
    on(
        () -> {
          invoker.drain();
          return null;
        });
  }

  Future<InvokeAnswer> invoke(InvokeRequest request) {
    Promise<InvokeAnswer> answer = Promise.promise();
    context.runOnContext(_ -> invoker.invoke(request).onComplete(answer));
    return answer.future();
  }

  /** Tells {@code ended} where the invoker lives, before it decides again. */
  void invoke(InvokeRequest request, Consumer<AsyncResult<InvokeAnswer>> ended) {
    context.runOnContext(_ -> invoker.invoke(request).onComplete(ended::accept));
  }

  Future<InvokeAnswer> invoke() {
    return invoke(request("i1"));
  }

  static InvokeRequest request(String invocationId) {
    return new InvokeRequest(
        invocationId, Specs.ID, new byte[] {'{', '}'}, new byte[0], false, false);
  }

  int calls() throws Exception {
    return on(invoker::calls);
  }

  List<WorkerView> views() throws Exception {
    return on(() -> workers.views(System.nanoTime()));
  }

  List<Decision> lastDecisions(FunctionId function) throws Exception {
    return on(() -> invoker.lastDecisions(function));
  }

  /** Looks at the workers that a call with so many bytes of arguments may be sent to. */
  <T> T look(long messageBytes, Function<List<Worker>, T> look) throws Exception {
    return on(
        () ->
            look.apply(
                workers.candidates(
                    Set.of(), messageBytes, System.nanoTime(), Explanation.UNWANTED)));
  }

  /** Runs something where the invoker lives. */
  <T> T on(Callable<T> action) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future().await(5, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
