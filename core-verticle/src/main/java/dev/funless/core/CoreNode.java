package dev.funless.core;

import dev.funless.core.auth.TokenFile;
import dev.funless.core.auth.WrongTokens;
import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogVerticle;
import dev.funless.core.catalog.CodeStore;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.Vault;
import dev.funless.core.database.Database;
import dev.funless.core.database.EmbeddedDatabase;
import dev.funless.core.database.Schema;
import dev.funless.core.distribute.Distributor;
import dev.funless.core.event.EventMetrics;
import dev.funless.core.event.EventStates;
import dev.funless.core.event.EventType;
import dev.funless.core.event.EventTypes;
import dev.funless.core.event.EventVerticle;
import dev.funless.core.event.EventsClosed;
import dev.funless.core.event.StandingEvents;
import dev.funless.core.http.HttpVerticle;
import dev.funless.core.invoke.SchedulerVerticle;
import dev.funless.core.schedule.Policies;
import dev.funless.core.sink.ReachedSinks;
import dev.funless.core.sink.SinkType;
import dev.funless.core.sink.SinkTypes;
import dev.funless.core.sink.delivery.DeadDeliveries;
import dev.funless.core.sink.delivery.DelivererVerticle;
import dev.funless.core.sink.delivery.Deliveries;
import dev.funless.core.sink.delivery.Outbox;
import dev.funless.shared.cluster.Cluster;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.metrics.NodeMetrics;
import dev.funless.shared.node.NodeProcess;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.CatalogSync;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A core's parts, put together. */
final class CoreNode {

  private static final Logger log = LoggerFactory.getLogger(CoreNode.class);

  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(60);
  private static final Duration SYNC_PATIENCE = Duration.ofSeconds(3);
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  private final Optional<EmbeddedDatabase> embedded;
  private final Cluster cluster;
  private final Database database;
  private final SchedulerVerticle scheduler;
  private final EventVerticle events;
  private final DelivererVerticle deliverer;
  private final AtomicBoolean serves;
  private final Duration drain;

  private CoreNode(
      Optional<EmbeddedDatabase> embedded,
      Cluster cluster,
      Database database,
      SchedulerVerticle scheduler,
      EventVerticle events,
      DelivererVerticle deliverer,
      AtomicBoolean serves,
      Duration drain) {
    this.embedded = embedded;
    this.cluster = cluster;
    this.database = database;
    this.scheduler = scheduler;
    this.events = events;
    this.deliverer = deliverer;
    this.serves = serves;
    this.drain = drain;
  }

  static CoreNode start(CoreConfig config) throws Exception {
    NodeProcess.endWithParent(config.node().parentPid());
    Path dataDir = Files.createDirectories(config.node().dataDir());
    Optional<EmbeddedDatabase> embedded =
        config.database().server().isPresent()
            ? Optional.empty()
            : Optional.of(EmbeddedDatabase.start(dataDir, config.database().embeddedPort()));
    PgConnectOptions server =
        embedded.map(EmbeddedDatabase::connectOptions).or(config.database()::server).orElseThrow();
    Schema.migrate(server, DATABASE_PATIENCE);

    NodeMetrics metrics = NodeMetrics.create(config.node().name());
    Cluster cluster =
        Cluster.join(
            config.cluster(),
            Role.CORE,
            config.node(),
            Vertx.builder().withMetrics(metrics.factory()),
            metrics.vertxOptions().setEventLoopPoolSize(config.http().eventLoops()));
    Vertx vertx = cluster.vertx();
    Bus bus = Bus.of(vertx);
    Database database = new Database(vertx, server, config.database());
    Policies policies = Policies.builtIn();
    Catalog catalog =
        new Catalog(
            vertx,
            database,
            policies,
            config.limits(),
            change -> bus.publish(Addresses.CATALOG_CHANGES, change),
            version -> everywhere(cluster, bus, version));
    await(firstTokens(vertx, catalog, dataDir.resolve("tokens")));
    await(catalog.refresh());

    ParametersJson parameters =
        new ParametersJson(Vault.open(config.secretsKey(), dataDir.resolve("secrets.key")));
    ConnectorTypes<SinkType<?>> sinkTypes =
        SinkTypes.all(vertx, parameters, config.sinks().patience());
    Deliveries deliveries = new Deliveries(database);
    DeadDeliveries dead = new DeadDeliveries(database);
    DelivererVerticle deliverer =
        new DelivererVerticle(deliveries, dead, sinkTypes, config.sinks(), metrics.registry());
    await(vertx.deployVerticle(deliverer));

    CodeStore code = new CodeStore(vertx, database);
    SchedulerVerticle scheduler =
        new SchedulerVerticle(
            new SchedulerVerticle.Parts(
                cluster,
                config.node(),
                bus,
                catalog,
                code,
                policies,
                config.scheduler(),
                config.policies(),
                dataDir.resolve("policies"),
                new Outbox(vertx, deliveries, deliverer::wake, config.sinks(), metrics.registry()),
                metrics.registry()));
    ConnectorTypes<EventType<?>> eventTypes =
        EventTypes.all(parameters, Clock.systemUTC(), config.http().maxBodyBytes());
    EventMetrics eventMetrics = new EventMetrics(metrics.registry());
    EventVerticle events =
        new EventVerticle(
            new EventVerticle.Parts(
                cluster.nodeId(),
                bus,
                database,
                catalog,
                eventTypes,
                scheduler::invoke,
                () -> cluster.nodes(Role.CORE).size(),
                eventMetrics,
                System::nanoTime));
    AtomicBoolean serves = new AtomicBoolean();
    HttpVerticle.Parts http =
        new HttpVerticle.Parts(
            scheduler::invoke,
            scheduler::decisions,
            bus,
            catalog,
            code,
            new Distributor(bus, config.http().prepare()),
            policies,
            config.limits(),
            eventTypes,
            sinkTypes,
            new EventStates(
                vertx,
                database,
                StandingEvents.following(catalog::snapshot, eventTypes),
                id -> coreName(cluster, id)),
            new EventsClosed(
                vertx, bus, () -> cluster.nodes(Role.CORE).stream().map(Cluster.Node::id).toList()),
            new ReachedSinks(vertx, sinkTypes, config.sinks().patience()),
            eventMetrics,
            dead,
            deliverer::wake,
            metrics,
            config.http(),
            Files.createDirectories(dataDir.resolve("uploads")),
            new WrongTokens(),
            serves,
            new AtomicInteger(),
            new AtomicInteger());
    await(vertx.deployVerticle(scheduler));
    await(vertx.deployVerticle(new CatalogVerticle(cluster.nodeId(), bus, catalog, code)));
    await(vertx.deployVerticle(events));
    await(
        vertx.deployVerticle(
            () -> new HttpVerticle(http),
            new DeploymentOptions().setInstances(config.http().eventLoops())));
    serves.set(true);
    log.info(
        "Core {} serves http://{}:{}",
        config.node().name(),
        config.http().listen().host(),
        http.port().get());
    return new CoreNode(
        embedded, cluster, database, scheduler, events, deliverer, serves, config.drain());
  }

  /** Completes when every core that answers in time knows the version. */
  private static Future<Void> everywhere(Cluster cluster, Bus bus, long version) {
    return Future.join(
            cluster.nodes(Role.CORE).stream()
                .filter(core -> !core.id().equals(cluster.nodeId()))
                .map(
                    core ->
                        bus.request(
                                Addresses.catalogSync(core.id()),
                                new CatalogSync(version),
                                SYNC_PATIENCE)
                            .onFailure(
                                e ->
                                    log.warn(
                                        "The core {} did not say that it knows version {}: {}",
                                        core.name(),
                                        version,
                                        e.toString())))
                .toList())
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private static String coreName(Cluster cluster, String id) {
    return cluster.nodes(Role.CORE).stream()
        .filter(core -> core.id().equals(id))
        .map(Cluster.Node::name)
        .findFirst()
        .orElse(id);
  }

  private static Future<Boolean> firstTokens(Vertx vertx, Catalog catalog, Path file) {
    return catalog
        .createFirstSubjects(
            (admin, guest) ->
                vertx.executeBlocking(
                    () -> {
                      TokenFile.write(file, admin, guest);
                      return null;
                    }))
        .onSuccess(
            created -> {
              if (created) {
                log.info("The first tokens are in {}", file);
              }
            });
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(START_SECONDS, TimeUnit.SECONDS);
  }

  /** Sees the calls in flight through, then leaves. */
  void stop() throws Exception {
    serves.set(false);
    events.close().await(STOP_SECONDS, TimeUnit.SECONDS);
    scheduler.drain(drain).await(drain.toSeconds() + 1, TimeUnit.SECONDS);
    cluster.vertx().undeploy(deliverer.deploymentID()).await(STOP_SECONDS, TimeUnit.SECONDS);
    database.close().await(STOP_SECONDS, TimeUnit.SECONDS);
    cluster.leave().await(STOP_SECONDS, TimeUnit.SECONDS);
    if (embedded.isPresent()) {
      embedded.get().close();
    }
  }
}
