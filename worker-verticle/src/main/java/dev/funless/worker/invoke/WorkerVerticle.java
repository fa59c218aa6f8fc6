package dev.funless.worker.invoke;

import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.OutboundHttp;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.RunServer;
import dev.funless.shared.protocol.message.Prepared;
import dev.funless.worker.code.CatalogFollower;
import dev.funless.worker.code.CodeFetcher;
import dev.funless.worker.code.CodeFiles;
import dev.funless.worker.code.Functions;
import dev.funless.worker.latency.Latencies;
import dev.funless.worker.latency.LatencyConfig;
import dev.funless.worker.metrics.MachineFigures;
import dev.funless.worker.outbound.Reach;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes calls on the worker's own addresses, and tells the cluster how the worker is. */
public final class WorkerVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(WorkerVerticle.class);

  private static final long REPORT_MILLIS = 250;
  private static final long ANNOUNCE_MILLIS = 20;
  private static final long DRAIN_CHECK_MILLIS = 20;

  /** What the verticle is made of. */
  public record Parts(
      String workerId,
      Bus bus,
      NodeConfig node,
      Engine engine,
      EngineConfig engineConfig,
      CallsConfig callsConfig,
      CodeFiles files,
      long loadedBytes,
      Function<List<String>, OutboundHttp> outbound,
      MeterRegistry meters,
      LatencyConfig latencyConfig,
      Reach reach) {}

  private final Parts parts;
  private final MachineFigures machine = new MachineFigures();
  private final List<Bus.Registration> registrations = new ArrayList<>();
  private Functions functions;
  private Calls calls;
  private Reporter reporter;
  private Latencies latencies;

  public WorkerVerticle(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    String id = parts.workerId();
    Bus bus = parts.bus();
    functions =
        new Functions(
            vertx,
            id,
            parts.engine(),
            parts.files(),
            new CodeFetcher(bus),
            parts.loadedBytes(),
            change -> bus.publish(Addresses.LOADED_CHANGES, change));
    latencies = new Latencies(vertx, parts.latencyConfig(), parts.reach());
    CatalogFollower follower = new CatalogFollower(bus, functions, latencies::follow);
    calls =
        new Calls(
            id,
            context,
            bus,
            functions,
            parts.engine(),
            parts.outbound(),
            parts.callsConfig(),
            new CallMetrics(parts.meters()));
    reporter = new Reporter(id, parts.node(), parts.engineConfig());
    gauges();

    registrations.add(RunServer.serve(context, bus, id, calls::run));
    registrations.add(
        bus.serve(
            Addresses.prepare(id),
            request ->
                functions
                    .ready(request.function())
                    .map(_ -> new Prepared(request.function().sha256()))));
    registrations.add(
        bus.serve(Addresses.loaded(id), _ -> Future.succeededFuture(functions.loaded())));
    registrations.add(bus.listen(Addresses.CATALOG_CHANGES, follower::changed));
    vertx.setPeriodic(ANNOUNCE_MILLIS, _ -> calls.announceQueued());
    return Future.all(registrations.stream().map(Bus.Registration::ready).toList())
        .onSuccess(_ -> vertx.setPeriodic(0, REPORT_MILLIS, _ -> report()));
  }

  @Override
  public Future<?> stop() {
    return latencies.close();
  }

  private void report() {
    parts
        .bus()
        .publish(
            Addresses.WORKER_REPORTS,
            reporter.report(
                parts.engine().stats(),
                machine.read(),
                calls.all(),
                functions.sequence(),
                functions.idle(),
                latencies.known()));
  }

  private void gauges() {
    gauge("funless.engine.running", "Guests that run", e -> e.stats().running());
    gauge("funless.engine.waiting", "Guests in host calls", e -> e.stats().waiting());
    gauge("funless.engine.queued", "Calls that wait for a place", e -> e.stats().queued());
    gauge(
        "funless.engine.memory.reserved.bytes",
        "Linear memory that guests hold",
        e -> e.stats().memoryReservedBytes());
    gauge(
        "funless.engine.memory.total.bytes",
        "Budget for guests' linear memory",
        e -> e.stats().memoryTotalBytes());
  }

  private void gauge(
      String name, String description, java.util.function.ToDoubleFunction<Engine> figure) {
    Gauge.builder(name, parts.engine(), figure).description(description).register(parts.meters());
  }

  /** Takes no further call, and completes when none is left or the patience is over. */
  public Future<Void> drain(Duration patience) {
    Promise<Void> drained = Promise.promise();
    long giveUp = System.nanoTime() + patience.toNanos();
    context.runOnContext(
        _ ->
            registrations
                .getFirst()
                .close()
                .onComplete(
                    _ ->
                        vertx.setPeriodic(
                            0,
                            DRAIN_CHECK_MILLIS,
                            timer -> {
                              if (calls.all().isEmpty() || System.nanoTime() > giveUp) {
                                vertx.cancelTimer(timer);
                                log.info("{} calls are left", calls.all().size());
                                drained.complete();
                              }
                            })));
    return drained.future();
  }
}
