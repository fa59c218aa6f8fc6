package dev.funless.core.sink.delivery;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.connector.Vault;
import dev.funless.core.database.Database;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.sink.Result;
import dev.funless.core.sink.SinkType;
import dev.funless.shared.config.Settings;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real database with a function, sinks as a test adds them, and deliverers. */
final class Delivering implements AutoCloseable {

  static final FunctionId FUNCTION = new FunctionId("_", "f");

  static final Failure GONE = new Failure(Category.UNAVAILABLE, "database", "It is gone.");

  final Vertx vertx = Vertx.vertx();
  final PgConnectOptions server;
  final Database database;
  final Deliveries deliveries;
  final DeadDeliveries dead;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FakeSink sink = new FakeSink();
  private int sinks;

  Delivering() throws SQLException {
    server = TestDatabase.migrated();
    TestDatabase.execute(
        server,
        """
        insert into code values ('%1$s', 9, 65536, now());
        insert into function (module_id, name, sha256, metadata)
        select id, 'f', '%1$s', '{}' from module where name = '_'
        """
            .formatted("a".repeat(64)));
    database = TestDatabase.open(vertx, server);
    deliveries = new Deliveries(database);
    dead = new DeadDeliveries(database);
  }

  /** Adds one to the function. */
  StoredConnector sink(String name) throws SQLException {
    String parameters = "{\"name\":\"" + name + "\"}";
    String id =
        TestDatabase.query(
            server,
            """
            insert into sink (function_id, position, type, parameters)
            select id, %d, 'fake', '%s' from function returning id
            """
                .formatted(sinks++, parameters));
    return new StoredConnector(Long.parseLong(id), "fake", parameters);
  }

  static DeliveryConfig config(Map<String, String> keys) {
    return DeliveryConfig.read(Settings.of(keys));
  }

  DelivererVerticle deliverer(Map<String, String> keys) throws Exception {
    ConnectorTypes<SinkType<?>> types =
        new ConnectorTypes<>("sinks", new ParametersJson(new Vault(new byte[32])), List.of(sink));
    DelivererVerticle deliverer =
        new DelivererVerticle(deliveries, dead, types, config(keys), meters);
    finish(vertx.deployVerticle(deliverer));
    return deliverer;
  }

  static Result result(String invocationId) {
    return new Result(invocationId, FUNCTION, Result.OK, "{\"n\":1}", Instant.now());
  }

  /** Keeps results of that many invocations for a sink. */
  void insert(StoredConnector sink, int count) throws Exception {
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kept.add(new Kept(List.of(sink.id()), result(sink.id() + "-" + i)));
    }
    finish(deliveries.insert(kept));
  }

  long rows() throws SQLException {
    return count("true");
  }

  long count(String condition) throws SQLException {
    return Long.parseLong(
        TestDatabase.query(server, "select count(*) from delivery where " + condition));
  }

  static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
