package dev.funless.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.database.Database;
import dev.funless.core.database.Schema;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.schedule.AppConfig;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.config.Settings;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts in the catalogue of two cores on one real PostgreSQL. */
class CatalogScriptsTest {

  private static final String CODE = "c".repeat(64);
  private static final String SOURCE = "- default:\n    - workers: \"*\" # anyone\n";
  private static final String BY_S = "{\"language\":\"app\",\"script\":\"s\"}";

  private final Vertx vertx = Vertx.vertx();
  private PgConnectOptions server;
  private Catalog here;
  private Catalog there;

  @BeforeEach
  void open() throws Exception {
    server = TestDatabase.empty();
    Schema.migrate(server, Duration.ofSeconds(20));
    TestDatabase.execute(
        server,
        "insert into code (sha256, bytes, initial_memory_bytes) values ('" + CODE + "', 1, 0)");
    Database database = TestDatabase.open(vertx, server);
    LimitsConfig limits = LimitsConfig.read(Settings.of(Map.of()));
    here =
        new Catalog(
            vertx, database, Policies.builtIn(), limits, _ -> {}, _ -> Future.succeededFuture());
    there =
        new Catalog(
            vertx, database, Policies.builtIn(), limits, _ -> {}, _ -> Future.succeededFuture());
    finish(here.refresh());
    finish(there.refresh());
  }

  @AfterEach
  void close() throws Exception {
    finish(vertx.close());
  }

  @Test
  void keepsAScriptAsSentAndAsJson() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));

    assertEquals(SOURCE, finish(there.latest()).scripts().get("s").source());
    assertEquals(SOURCE, TestDatabase.query(server, "select source from script"));
    assertEquals(
        new JsonMapper().readTree(StoredScript.of(SOURCE).json()),
        new JsonMapper().readTree(TestDatabase.query(server, "select json from script")));
    assertEquals(Set.of("default"), here.snapshot().script("s").orElseThrow().tags().keySet());
  }

  @Test
  void anotherCoreFindsItAtOnce() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));

    assertTrue(finish(there.findScript("s")).isPresent());
    assertTrue(finish(there.findScript("t")).isEmpty());
  }

  @Test
  void aScriptThatStaysIsNotParsedAnew() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));
    StoredScript before = here.snapshot().scripts().get("s");

    finish(here.createModule("m", Optional.empty()));
    assertSame(before, here.snapshot().scripts().get("s"));

    finish(here.updateScript("s", StoredScript.of("- other:\n    - workers: [a]\n")));
    assertEquals(Set.of("other"), here.snapshot().script("s").orElseThrow().tags().keySet());
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));

    assertEquals(
        Category.CONFLICT, failure(there.createScript("s", StoredScript.of(SOURCE))).category());
    assertEquals(
        "There is no script 't'.",
        failure(here.updateScript("t", StoredScript.of(SOURCE))).detail());
    assertEquals("There is no script 't'.", failure(here.deleteScript("t")).detail());
  }

  @Test
  void nothingIsStoredThatNamesAScriptOrPolicyWhichIsNotThere() throws Exception {
    List<Future<?>> all =
        List.of(
            here.createModule("m", Optional.of(BY_S)),
            here.updateModule("_", "_", Optional.of(BY_S)),
            here.createFunction(id("_", "f"), CODE, scheduledBy(BY_S)));
    for (Future<?> each : all) {
      assertEquals("There is no script 's'.", failure(each).detail());
    }
    assertEquals(
        "There is no function 'p' in the module '_'.",
        failure(
                here.createFunction(
                    id("_", "f"), CODE, scheduledBy("{\"language\":\"wasm\",\"function\":\"p\"}")))
            .detail());
    assertTrue(here.snapshot().functions().isEmpty());
    assertEquals(Set.of("_"), here.snapshot().modules());
  }

  @Test
  void oneInUseIsKeptAndItsUsersAreNamed() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));
    finish(here.createModule("m", Optional.of(BY_S)));
    finish(here.createFunction(id("m", "by_default"), CODE, FunctionMetadata.NONE));
    finish(
        here.createFunction(
            id("m", "otherwise"), CODE, scheduledBy("{\"language\":\"round-robin\"}")));
    finish(here.createFunction(id("_", "own"), CODE, scheduledBy(BY_S)));
    finish(here.createFunction(id("_", "none"), CODE, FunctionMetadata.NONE));
    assertEquals(
        new AppConfig("s"), here.snapshot().function(id("m", "by_default")).orElseThrow().policy());

    Failure inUse = failure(there.deleteScript("s"));
    assertEquals(Category.CONFLICT, inUse.category());
    assertEquals("script_in_use", inUse.code());
    assertEquals("The script 's' is in use by _/own, m/by_default, the module m.", inUse.detail());

    finish(here.deleteFunction(id("_", "own"), Optional.empty()));
    finish(here.updateModule("m", "m", Optional.of("{\"language\":\"none\"}")));
    finish(there.deleteScript("s"));
    assertFalse(finish(here.latest()).scripts().containsKey("s"));
  }

  @Test
  void namesOnlyTheFirstOfManyUsers() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));
    for (int i = 10; i < 35; i++) {
      finish(here.createFunction(id("_", "f" + i), CODE, scheduledBy(BY_S)));
    }

    String detail = failure(here.deleteScript("s")).detail();

    assertTrue(detail.endsWith("_/f28, _/f29 and 5 more."), detail);
  }

  /** Whichever comes first: never is there a function whose script is gone. */
  @Test
  void aFunctionAndTheEndOfItsScriptAtOnceLeaveNoLooseEnd() throws Exception {
    for (int i = 0; i < 20; i++) {
      finish(here.createScript("s", StoredScript.of(SOURCE)));
      Future<?> created = there.createFunction(id("_", "f"), CODE, scheduledBy(BY_S));
      Future<Void> deleted = here.deleteScript("s");
      finish(Future.join(created, deleted).otherwiseEmpty());

      assertTrue(created.succeeded() ^ deleted.succeeded());
      if (created.succeeded()) {
        finish(here.deleteFunction(id("_", "f"), Optional.empty()));
        finish(here.deleteScript("s"));
      }
    }
  }

  @Test
  void aStoredScriptThatCannotBeReadIsLeftOut() throws Exception {
    finish(here.createScript("s", StoredScript.of(SOURCE)));
    TestDatabase.execute(server, "insert into script values ('bad', 'no script', '{}')");
    TestDatabase.execute(server, "update catalog set version = version + 1");

    assertEquals(Set.of("s"), finish(here.latest()).scripts().keySet());
  }

  private static FunctionMetadata scheduledBy(String scheduling) {
    return MetadataJson.parse("{\"scheduling\":" + scheduling + "}");
  }

  private static FunctionId id(String module, String name) {
    return new FunctionId(module, name);
  }

  private static Failure failure(Future<?> future) {
    List<Throwable> causes = new ArrayList<>();
    causes.add(assertThrows(Exception.class, () -> finish(future)));
    while (causes.getLast().getCause() != null) {
      causes.add(causes.getLast().getCause());
    }
    return causes.stream()
        .filter(FailureException.class::isInstance)
        .map(e -> ((FailureException) e).failure())
        .findFirst()
        .orElseThrow();
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
