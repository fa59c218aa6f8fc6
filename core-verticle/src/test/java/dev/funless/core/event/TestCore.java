package dev.funless.core.event;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.Vault;
import dev.funless.core.database.Database;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.config.Settings;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The parts of a core that events need, in a Vert.x of their own on a database that may be shared;
 * the test is the scheduler.
 */
public final class TestCore {

  public static final ParametersJson JSON = new ParametersJson(new Vault(new byte[32]));
  public static final String CODE = "a".repeat(64);

  public final String id;
  public final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  public final Bus bus = Bus.of(vertx);
  public final List<InvokeRequest> invoked = new CopyOnWriteArrayList<>();
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final Database database;
  public final Catalog catalog;
  public final EventVerticle events;
  public volatile Answers answers = request -> Future.succeededFuture(ok(request));

  /** How invocations end. */
  public interface Answers {
    Future<InvokeAnswer> to(InvokeRequest request);
  }

  public TestCore(String id, PgConnectOptions server, AtomicInteger cores, List<EventType<?>> types)
      throws Exception {
    this.id = id;
    this.database = TestDatabase.open(vertx, server);
    this.catalog =
        new Catalog(
            vertx,
            database,
            Policies.builtIn(),
            LimitsConfig.read(Settings.of(Map.of())),
            change -> bus.publish(Addresses.CATALOG_CHANGES, change),
            _ -> Future.succeededFuture());
    finish(catalog.refresh());
    this.events =
        new EventVerticle(
            new EventVerticle.Parts(
                id,
                bus,
                database,
                catalog,
                new ConnectorTypes<>("events", JSON, types),
                request -> {
                  invoked.add(request);
                  return answers.to(request);
                },
                cores::get,
                new EventMetrics(meters),
                System::nanoTime));
    finish(vertx.deployVerticle(events));
  }

  /** A database with the code that functions here have. */
  public static PgConnectOptions database() throws Exception {
    PgConnectOptions server = TestDatabase.migrated();
    TestDatabase.execute(server, "insert into code values ('" + CODE + "', 9, 65536, now())");
    return server;
  }

  public static InvokeAnswer ok(InvokeRequest request) {
    return new InvokeAnswer(
        request.invocationId(),
        "w",
        "{}".getBytes(StandardCharsets.UTF_8),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The arguments of what was invoked. */
  public List<String> args() {
    return invoked.stream()
        .map(request -> new String(request.args(), StandardCharsets.UTF_8))
        .toList();
  }

  public double count(String meter, String... tags) {
    return Optional.ofNullable(meters.find(meter).tags(tags).counter())
        .map(counter -> counter.count())
        .orElse(0.0);
  }

  /** Stops everything on the event loop, as SIGSTOP does. */
  public void freeze(long millis) {
    vertx.runOnContext(
        _ -> {
          try {
            Thread.sleep(millis);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Asks on the event loop of this core, whose only one it is. */
  public <T> T onLoop(java.util.function.Supplier<Future<T>> question) throws Exception {
    Promise<T> promise = Promise.promise();
    vertx.runOnContext(_ -> question.get().onComplete(promise));
    return finish(promise.future());
  }

  public static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  /** As when the process is killed. */
  public void close() throws Exception {
    finish(database.close());
    finish(vertx.close());
  }
}
