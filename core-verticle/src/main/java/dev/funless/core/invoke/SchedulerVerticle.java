package dev.funless.core.invoke;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CodeStore;
import dev.funless.core.guest.GuestPolicies;
import dev.funless.core.guest.GuestPoliciesConfig;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Policies;
import dev.funless.core.sink.delivery.Outbox;
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
import java.nio.file.Path;
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

  /**
   * What a scheduler is made of.
   *
   * @param guestCache where compiled policies are kept
   */
  public record Parts(
      Cluster cluster,
      NodeConfig node,
      Bus bus,
      Catalog catalog,
      CodeStore code,
      Policies policies,
      SchedulerConfig config,
      GuestPoliciesConfig guestConfig,
      Path guestCache,
      Outbox outbox,
      MeterRegistry meters) {}

  private final Parts parts;
  private final WorkerRegistry workers;
  private GuestPolicies guestPolicies;
  private Invoker invoker;

  /** This verticle's; set before anybody calls. */
  private Loop loop;

  public SchedulerVerticle(Parts parts) {
    this.parts = parts;
    parts.bus().register(WorkersView.Request.class);
    parts.bus().register(WorkersView.Answer.class);
    SchedulerConfig config = parts.config();
    this.workers =
        new WorkerRegistry(
            parts.cluster().nodeId(),
            config.workerSilence(),
            config.maxCallsPerWorker(),
            config.maxBytesPerWorker());
  }

  @Override
  public Future<?> start() {
    loop = new Loop(context);
    Bus bus = parts.bus();
    String coreId = parts.cluster().nodeId();
    RunClient runs = new RunClient(context, bus, coreId);
    invoker = invoker(runs);
    Gauge.builder("funless.calls.in.flight", invoker, Invoker::calls)
        .description("Invocations that this core sees through now")
        .register(parts.meters());
    watchNodes();
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
                    Addresses.start(coreId),
                    request -> Future.succeededFuture(new StartAnswer(invoker.mayStart(request))))
                .ready(),
            bus.serve(
                    Addresses.decisions(coreId),
                    request ->
                        Future.succeededFuture(
                            new DecisionList(invoker.lastDecisions(request.function()))))
                .ready(),
            bus.listen(Addresses.queued(coreId), this::queued).ready(),
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

  private Invoker invoker(RunClient runs) {
    Catalog catalog = parts.catalog();
    guestPolicies =
        new GuestPolicies(
            vertx,
            context,
            catalog::find,
            parts.code()::getAll,
            parts.guestConfig(),
            parts.guestCache());
    InvocationMetrics metrics = new InvocationMetrics(parts.meters());
    Circumstances.Core core =
        new Circumstances.Core(
            parts.node().name(),
            parts.node().zone(),
            workers::zoneOfCore,
            name -> catalog.snapshot().script(name));
    return new Invoker(
        parts.cluster().nodeId(),
        runs,
        catalog::find,
        catalog::findScript,
        parts.policies(),
        guestPolicies::ask,
        workers,
        parts.config(),
        metrics,
        new Decider(core, parts.policies(), workers, metrics, RandomGenerator.getDefault()),
        parts.outbox()::keep);
  }

  /** Stops the policies that run. */
  @Override
  public Future<?> stop() {
    return vertx.executeBlocking(
        () -> {
          guestPolicies.close();
          return null;
        });
  }

  private void watchNodes() {
    parts
        .cluster()
        .watch(
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
    parts
        .bus()
        .request(Addresses.loaded(workerId), new LoadedListRequest(workerId), LISTING_PATIENCE)
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
        parts.cluster().nodes(Role.CORE).stream()
            .map(
                core ->
                    parts
                        .bus()
                        .request(
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
