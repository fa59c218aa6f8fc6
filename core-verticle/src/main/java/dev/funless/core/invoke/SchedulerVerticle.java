package dev.funless.core.invoke;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Policies;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.cluster.Cluster;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.Loop;
import dev.funless.shared.protocol.RunClient;
import dev.funless.shared.protocol.message.CallsQueued;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.DecisionList;
import dev.funless.shared.protocol.message.DecisionsRequest;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.LoadedListRequest;
import dev.funless.shared.protocol.message.StartAnswer;
import dev.funless.shared.protocol.message.WorkerReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where an invocation runs, and sees it through. One instance a core: its event loop owns
 * the registry of workers and the calls in flight, so nothing here is locked.
 */
public final class SchedulerVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(SchedulerVerticle.class);

  private static final Duration LISTING_PATIENCE = Duration.ofSeconds(5);
  private static final long SILENCE_CHECK_MILLIS = 250;
  private static final long DRAIN_CHECK_MILLIS = 20;

  private final Cluster cluster;
  private final NodeConfig node;
  private final Bus bus;
  private final WorkerRegistry workers;
  private final Catalog catalog;
  private final Policies policies;
  private final SchedulerConfig config;
  private final MeterRegistry meters;
  private Invoker invoker;

  /** This verticle's; set before anybody calls. */
  private Loop loop;

  public SchedulerVerticle(
      Cluster cluster,
      NodeConfig node,
      Bus bus,
      Catalog catalog,
      Policies policies,
      SchedulerConfig config,
      MeterRegistry meters) {
    this.cluster = cluster;
    this.node = node;
    this.bus = bus;
    bus.register(WorkersView.Request.class);
    bus.register(WorkersView.Answer.class);
    this.workers =
        new WorkerRegistry(
            cluster.nodeId(),
            config.workerSilence(),
            config.maxCallsPerWorker(),
            config.maxBytesPerWorker());
    this.catalog = catalog;
    this.policies = policies;
    this.config = config;
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    loop = new Loop(context);
    RunClient runs = new RunClient(context, bus, cluster.nodeId());
    InvocationMetrics metrics = new InvocationMetrics(meters);
    Circumstances.Core core =
        new Circumstances.Core(
            node.name(), node.zone(), workers::zoneOfCore, name -> catalog.snapshot().script(name));
    invoker =
        new Invoker(
            cluster.nodeId(),
            runs,
            catalog::find,
            policies,
            workers,
            config,
            metrics,
            new Decider(core, policies, workers, metrics, RandomGenerator.getDefault()));
    Gauge.builder("funless.calls.in.flight", invoker, Invoker::calls)
        .description("Invocations that this core sees through now")
        .register(meters);
    watchWorkers();
    return Future.all(
        List.of(
            runs.ready(),
            bus.serve(Addresses.INVOKE, invoker::invoke).ready(),
            bus.serveLocal(
                    WorkersView.ADDRESS,
                    _ ->
                        Future.succeededFuture(
                            new WorkersView.Answer(workers.views(System.nanoTime()))))
                .ready(),
            bus.serve(
                    Addresses.start(cluster.nodeId()),
                    request -> Future.succeededFuture(new StartAnswer(invoker.mayStart(request))))
                .ready(),
            bus.serve(
                    Addresses.decisions(cluster.nodeId()),
                    request ->
                        Future.succeededFuture(
                            new DecisionList(invoker.lastDecisions(request.function()))))
                .ready(),
            bus.listen(Addresses.queued(cluster.nodeId()), this::queued).ready(),
            bus.listen(Addresses.WORKER_REPORTS, this::reported).ready(),
            bus.listen(
                    Addresses.LOADED_CHANGES,
                    change -> {
                      if (!workers.loadedChanged(change)) {
                        listLoaded(change.workerId());
                      }
                    })
                .ready()));
  }

  private void watchWorkers() {
    cluster.watch(
        new Cluster.Watcher() {
          @Override
          public void joined(Node node) {
            context.runOnContext(_ -> nodeJoined(node));
          }

          @Override
          public void left(Node node) {
            context.runOnContext(_ -> nodeLeft(node));
          }
        });
    vertx.setPeriodic(
        SILENCE_CHECK_MILLIS, _ -> workers.silent(System.nanoTime()).forEach(invoker::workerLost));
  }

  private void nodeJoined(Node node) {
    workers.joined(node);
    if (node.role() == Role.WORKER) {
      log.info("Worker {} joined as {}", node.name(), node.id());
    }
  }

  private void nodeLeft(Node node) {
    workers.left(node);
    if (node.role() == Role.WORKER) {
      log.info("Worker {} left as {}", node.name(), node.id());
      invoker.workerLost(node.id());
    }
  }

  private void reported(WorkerReport report) {
    if (!workers.reported(report, System.nanoTime())) {
      listLoaded(report.workerId());
    }
  }

  private void queued(CallsQueued message) {
    message.invocationIds().forEach(id -> invoker.waits(message.workerId(), id));
  }

  private void listLoaded(String workerId) {
    bus.request(Addresses.loaded(workerId), new LoadedListRequest(workerId), LISTING_PATIENCE)
        .onSuccess(list -> workers.loaded(workerId, list))
        .onFailure(e -> log.debug("Worker {} did not list its code: {}", workerId, e.toString()));
  }

  /**
   * Invokes a function, as a request to {@link Addresses#INVOKE} does, but without a message: at
   * once where the caller is on this verticle's event loop. Thread-safe; the future completes on
   * the caller's context.
   */
  public Future<InvokeAnswer> invoke(InvokeRequest request) {
    return loop.ask(() -> invoker.invoke(request));
  }

  /**
   * The last decisions of all cores for a function, the oldest first. A core that does not answer
   * is left out. Thread-safe.
   */
  public Future<DecisionList> decisions(FunctionId function) {
    List<Future<DecisionList>> answers =
        cluster.nodes(Role.CORE).stream()
            .map(
                core ->
                    bus.request(
                            Addresses.decisions(core.id()),
                            new DecisionsRequest(function),
                            LISTING_PATIENCE)
                        .otherwise(new DecisionList(List.of())))
            .toList();
    return Future.all(answers)
        .map(
            _ ->
                new DecisionList(
                    answers.stream()
                        .flatMap(answer -> answer.result().decisions().stream())
                        .sorted(Comparator.comparingLong(Decision::epochMillis))
                        .toList()));
  }

  /** Refuses new invocations, and completes when none is in flight or the patience is over. */
  public Future<Void> drain(Duration patience) {
    Promise<Void> drained = Promise.promise();
    long giveUp = System.nanoTime() + patience.toNanos();
    context.runOnContext(
        _ -> {
          invoker.drain();
          vertx.setPeriodic(
              0,
              DRAIN_CHECK_MILLIS,
              timer -> {
                if (invoker.calls() == 0 || System.nanoTime() > giveUp) {
                  vertx.cancelTimer(timer);
                  drained.complete();
                }
              });
        });
    return drained.future();
  }
}
