package dev.funless.worker;

import dev.funless.engine.Engine;
import dev.funless.shared.cluster.Cluster;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.metrics.NodeMetrics;
import dev.funless.shared.node.NodeProcess;
import dev.funless.shared.protocol.Bus;
import dev.funless.worker.code.CodeFiles;
import dev.funless.worker.invoke.WorkerVerticle;
import dev.funless.worker.outbound.HttpCalls;
import dev.funless.worker.outbound.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's parts, put together. */
final class WorkerNode {

  private static final Logger log = LoggerFactory.getLogger(WorkerNode.class);

  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  private final Cluster cluster;
  private final Engine engine;
  private final HttpCalls outbound;
  private final WorkerVerticle verticle;
  private final AtomicBoolean serves;
  private final Duration drain;

  private WorkerNode(
      Cluster cluster,
      Engine engine,
      HttpCalls outbound,
      WorkerVerticle verticle,
      AtomicBoolean serves,
      Duration drain) {
    this.cluster = cluster;
    this.engine = engine;
    this.outbound = outbound;
    this.verticle = verticle;
    this.serves = serves;
    this.drain = drain;
  }

  static WorkerNode start(WorkerConfig config) throws Exception {
    NodeProcess.endWithParent(config.node().parentPid());
    CodeFiles files = new CodeFiles(config.node().dataDir().resolve("code"));
    NodeMetrics metrics = NodeMetrics.create(config.node().name());
    Cluster cluster =
        Cluster.join(
            config.cluster(),
            Role.WORKER,
            config.node(),
            Vertx.builder().withMetrics(metrics.factory()),
            metrics.vertxOptions().setEventLoopPoolSize(config.eventLoops()));
    Vertx vertx = cluster.vertx();
    Bus bus = Bus.of(vertx);
    Engine engine =
        new Engine(
            config.engine(), config.node().dataDir().resolve("compiled"), config.cacheBytes());
    HttpCalls outbound = new HttpCalls(vertx, config.outbound());
    WorkerVerticle verticle =
        new WorkerVerticle(
            new WorkerVerticle.Parts(
                cluster.nodeId(),
                bus,
                config.node(),
                engine,
                config.engine(),
                config.calls(),
                files,
                config.loadedBytes(),
                outbound::forFunction,
                metrics.registry(),
                config.latency(),
                new Reach(config.outbound())));
    AtomicBoolean serves = new AtomicBoolean();
    await(vertx.deployVerticle(verticle));
    HttpServer status = await(StatusServer.listen(vertx, config.http(), metrics, serves::get));
    serves.set(true);
    log.info(
        "Worker {} serves as {}; its status is at http://{}:{}",
        config.node().name(),
        cluster.nodeId(),
        config.http().host(),
        status.actualPort());
    return new WorkerNode(cluster, engine, outbound, verticle, serves, config.drain());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(START_SECONDS, TimeUnit.SECONDS);
  }

  /** Finishes the calls that it has, then leaves. */
  void stop() throws Exception {
    serves.set(false);
    verticle.drain(drain).await(drain.toSeconds() + 1, TimeUnit.SECONDS);
    engine.close();
    outbound.close().await(STOP_SECONDS, TimeUnit.SECONDS);
    cluster.leave().await(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
