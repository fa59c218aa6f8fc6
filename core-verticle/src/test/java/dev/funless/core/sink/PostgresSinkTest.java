package dev.funless.core.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.Secret;
import dev.funless.core.database.TestDatabase;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Into a real database. */
class PostgresSinkTest {

  private final Vertx vertx = Vertx.vertx();
  private final PostgresSink sink = new PostgresSink(vertx, Duration.ofSeconds(2));
  private PgConnectOptions server;

  @BeforeEach
  void open() throws Exception {
    server = TestDatabase.empty();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void create(String table, String type) throws Exception {
    TestDatabase.execute(
        server,
        """
        create table %s (invocation_id text primary key, function text, outcome text,
          result %s, ended_at timestamptz)
        """
            .formatted(table, type));
  }

  private PostgresParameters parameters(String table) {
    return new PostgresParameters(
        "127.0.0.1",
        Optional.of(server.getPort()),
        server.getDatabase(),
        server.getUser(),
        Optional.of(new Secret("any")),
        table,
        Optional.empty(),
        Optional.empty());
  }

  private static Result result(String id, String json) {
    return new Result(
        id, new FunctionId("m", "f"), "ok", json, Instant.parse("2026-01-31T12:00:00.123Z"));
  }

  private void deliver(String table, Result result) throws Exception {
    sink.deliver(parameters(table), result).await(5, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonb", "json", "text"})
  void insertsARowOnceWhateverTypeItsResultHas(String type) throws Exception {
    TestDatabase.execute(server, "create schema s");
    create("s.\"Results\"", type);

    deliver("s.Results", result("i1", "{\"a\":[1]}"));
    deliver("s.Results", result("i1", "{\"a\":[2]}"));

    assertEquals(
        "1 i1 m/f ok 1 t",
        TestDatabase.query(
            server,
            """
            select concat_ws(' ', count(*), max(invocation_id), max(function), max(outcome),
              max(result::jsonb -> 'a' ->> 0),
              bool_and(ended_at = '2026-01-31T12:00:00.123Z'))
            from s."Results"
            """));
  }

  @Test
  void failsWhereTheTableOrThePlaceForTheResultIsMissing() throws Exception {
    Exception missing = assertThrows(Exception.class, () -> deliver("nowhere", result("i1", "{}")));
    assertTrue(missing.getMessage().contains("\"nowhere\" does not exist"), missing.getMessage());
    create("results", "jsonb");
    Exception zero =
        assertThrows(Exception.class, () -> deliver("results", result("i1", "\"\\u0000\"")));
    assertTrue(zero.getMessage().contains("22P05"), zero.getMessage());
    deliver("results", result("i1", "{}"));
  }

  @Test
  void holdsFewConnections() throws Exception {
    create("results", "jsonb");
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(sink.deliver(parameters("results"), result("i" + i, "{}")));
    }
    Future.all(all).await(10, TimeUnit.SECONDS);

    assertEquals("50", TestDatabase.query(server, "select count(*) from results"));
    int connections =
        Integer.parseInt(
            TestDatabase.query(
                server,
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()"));
    assertTrue(connections <= 2, "connections: " + connections);
  }

  private static PostgresParameters at(int port) {
    return new PostgresParameters(
        "127.0.0.1",
        Optional.of(port),
        "d",
        "u",
        Optional.empty(),
        "t",
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    try (Unreachable nobody = new Unreachable()) {
      assertThrows(
          Exception.class,
          () -> sink.deliver(at(nobody.silent()), result("i1", "{}")).await(5, TimeUnit.SECONDS));
    }
  }

  private void reach(PostgresParameters parameters) throws Exception {
    sink.reach(parameters).await(5, TimeUnit.SECONDS);
  }

  private String unreached(PostgresParameters parameters) {
    return String.valueOf(assertThrows(Exception.class, () -> reach(parameters)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonb", "json", "text"})
  void aTableIsReachedWithoutARow(String type) throws Exception {
    create("results", type);
    TestDatabase.execute(server, "alter table results alter column result set not null");

    reach(parameters("results"));

    assertEquals("0", TestDatabase.query(server, "select count(*) from results"));
    deliver("results", result("i1", "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drop table results | relation \"results\" does not exist",
        "alter table results drop column outcome | column \"outcome\"",
        "alter table results alter column result type integer using 1 | is of type integer",
        "alter table results drop constraint results_pkey | no unique or exclusion constraint",
      })
  void aTableIsNotReachedThatTakesNoSuchRow(String change, String sentence) throws Exception {
    create("results", "jsonb");
    TestDatabase.execute(server, change);

    String said = unreached(parameters("results"));

    assertTrue(said.contains(sentence), said);
  }

  @Test
  void aTableIsNotReachedByAUserWhoMayNotInsert() throws Exception {
    create("results", "jsonb");
    TestDatabase.execute(server, "drop role if exists reader");
    TestDatabase.execute(server, "create role reader login");
    PostgresParameters reader =
        new PostgresParameters(
            "127.0.0.1",
            Optional.of(server.getPort()),
            server.getDatabase(),
            "reader",
            Optional.empty(),
            "results",
            Optional.empty(),
            Optional.empty());

    String said = unreached(reader);

    assertTrue(said.contains("permission denied for table results"), said);
  }

  @Test
  void aServerIsNotReachedThatSaysNothingOrIsNotThere() throws Exception {
    try (Unreachable nobody = new Unreachable()) {
      unreached(at(nobody.silent()));
      String said = unreached(at(nobody.refusing()));
      assertTrue(said.contains("refused"), said);
    }
    String said = unreached(at(server.getPort()));
    assertTrue(said.contains("role \"u\" does not exist"), said);
  }

  @Test
  void connectionsThatNobodyUsesAreClosed() throws Exception {
    List<String> log = new ArrayList<>();
    Idle<String, String> idle =
        new Idle<>(
            vertx,
            Duration.ofMillis(100),
            key -> {
              log.add("open " + key);
              return key;
            },
            key -> {
              log.add("close " + key);
              return Future.succeededFuture();
            });

    Future<Void> used = idle.use("a", _ -> vertx.timer(400).mapEmpty());
    idle.use("b", _ -> Future.succeededFuture()).await(5, TimeUnit.SECONDS);
    used.await(5, TimeUnit.SECONDS);

    assertEquals(List.of("open a", "open b", "close b"), log.subList(0, 3));
    await().until(() -> idle.size() == 0);
    idle.use("a", _ -> Future.succeededFuture()).await(5, TimeUnit.SECONDS);
    assertEquals(List.of("close a", "open a"), log.subList(3, 5));
  }
}
