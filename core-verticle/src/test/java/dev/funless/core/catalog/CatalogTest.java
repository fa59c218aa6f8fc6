package dev.funless.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.auth.Principal;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.connector.NewConnectors;
import dev.funless.core.database.Database;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.config.Settings;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.FunctionList;
import dev.funless.shared.protocol.message.FunctionListRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two cores on one real database. */
class CatalogTest {

  private static final String CODE = "a".repeat(64);
  private static final String OTHER_CODE = "b".repeat(64);

  private final List<CatalogChanged> announced = Collections.synchronizedList(new ArrayList<>());
  private Vertx vertx;
  private PgConnectOptions server;
  private Catalog here;
  private Catalog there;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    server = TestDatabase.migrated();
    for (String code : List.of(CODE, OTHER_CODE)) {
      TestDatabase.execute(server, "insert into code values ('" + code + "', 9, 65536, now())");
    }
    Database database = TestDatabase.open(vertx, server);
    LimitsConfig limits = LimitsConfig.read(Settings.of(Map.of()));
    here =
        new Catalog(
            vertx,
            database,
            Policies.builtIn(),
            limits,
            announced::add,
            _ -> Future.succeededFuture());
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
  void startsWithTheDefaultModuleAlone() {
    assertEquals(Set.of("_"), here.snapshot().modules());
    assertTrue(here.snapshot().functions().isEmpty());
    assertTrue(here.snapshot().subjects().isEmpty());
  }

  @Test
  void aNewFunctionIsKnownHereAtOnceAndThereWhenAskedFor() throws Exception {
    FunctionMetadata metadata =
        MetadataJson.parse(
            "{\"tag\":\"t\",\"capacity\":128,\"timeout_ms\":5,\"env\":{\"A\":\"1\"}}");

    FunctionSpec spec = finish(here.createFunction(id("_", "f"), CODE, metadata));

    assertEquals(CODE, spec.sha256());
    assertEquals(9, spec.codeBytes());
    assertEquals(65_536, spec.initialMemoryBytes());
    assertEquals("t", spec.tag());
    assertEquals(128 * 1024, spec.capacityBytes());
    assertEquals(5, spec.limits().timeoutMillis());
    assertEquals(Map.of("A", "1"), spec.env());
    assertEquals(spec, here.snapshot().function(id("_", "f")).orElseThrow().spec());
    assertTrue(there.snapshot().function(id("_", "f")).isEmpty());
    assertEquals(spec, finish(there.find(id("_", "f"))).orElseThrow().spec());
  }

  @Test
  void servicesAndCostAreReadWithTheFunction() throws Exception {
    String services = "\"services\":[\"http://b:1\",\"tcp://a:2\"]";
    FunctionMetadata costly = MetadataJson.parse("{" + services + ",\"cost\":\"2*A\"}");
    finish(here.createFunction(id("_", "f"), CODE, costly));
    finish(here.createFunction(id("_", "g"), CODE, MetadataJson.parse("{" + services + "}")));

    FunctionDefinition said = finish(there.find(id("_", "f"))).orElseThrow();
    FunctionDefinition byDefault = finish(there.find(id("_", "g"))).orElseThrow();

    assertEquals(List.of("http://b:1", "tcp://a:2"), said.spec().services());
    assertEquals(CostExpression.parse("2*A", 2), said.cost());
    assertEquals(CostExpression.sum(2), byDefault.cost());
  }

  @Test
  void capacityIs64KibWhereItIsNotSaid() throws Exception {
    assertEquals(
        64 * 1024,
        finish(here.createFunction(id("_", "f"), CODE, FunctionMetadata.NONE)).capacityBytes());
  }

  @Test
  void anUpdateKeepsWhatIsNotSent() throws Exception {
    create("_", "f");
    FunctionSpec before = here.snapshot().function(id("_", "f")).orElseThrow().spec();

    FunctionSpec newCode =
        finish(
            here.updateFunction(
                id("_", "f"),
                Optional.empty(),
                "f",
                Optional.of(OTHER_CODE),
                Optional.empty(),
                NewConnectors.NONE));
    FunctionSpec newTag =
        finish(
            here.updateFunction(
                id("_", "f"),
                Optional.empty(),
                "f",
                Optional.empty(),
                Optional.of(MetadataJson.parse("{\"tag\":\"new\"}")),
                NewConnectors.NONE));
    FunctionSpec newName =
        finish(
            here.updateFunction(
                id("_", "f"),
                Optional.empty(),
                "g",
                Optional.empty(),
                Optional.empty(),
                NewConnectors.NONE));

    assertEquals(before.limits(), newCode.limits());
    assertEquals(OTHER_CODE, newCode.sha256());
    assertEquals(OTHER_CODE, newTag.sha256());
    assertEquals("new", newTag.tag());
    assertEquals(id("_", "g"), newName.id());
    assertEquals("new", newName.tag());
    assertEquals(Set.of(id("_", "g")), here.snapshot().functions().keySet());
  }

  @Test
  void takenNamesAreConflicts() throws Exception {
    create("_", "f");
    create("_", "g");
    finish(here.createModule("m", Optional.empty()));
    create("m", "f");
    finish(here.createSubject("s", Optional.empty()));

    assertConflict(there.createFunction(id("_", "f"), CODE, FunctionMetadata.NONE));
    assertConflict(
        there.updateFunction(
            id("_", "g"),
            Optional.empty(),
            "f",
            Optional.empty(),
            Optional.empty(),
            NewConnectors.NONE));
    assertConflict(there.createModule("m", Optional.empty()));
    assertConflict(there.updateModule("m", "_", Optional.empty()));
    assertConflict(there.createSubject("s", Optional.empty()));
    finish(there.updateModule("m", "m", Optional.empty()));
  }

  @Test
  void whatDoesNotExistCannotBeChanged() {
    assertNotFound(here.createFunction(id("none", "f"), CODE, FunctionMetadata.NONE));
    assertNotFound(
        here.updateFunction(
            id("_", "f"),
            Optional.empty(),
            "g",
            Optional.empty(),
            Optional.empty(),
            NewConnectors.NONE));
    assertNotFound(here.deleteFunction(id("_", "f"), Optional.empty()));
    assertNotFound(here.updateModule("none", "m", Optional.empty()));
    assertNotFound(here.deleteModule("none"));
  }

  @Test
  void codeThatIsNotThereCannotBeUsed() throws Exception {
    create("_", "f");

    assertEquals(
        "code_gone",
        failure(here.createFunction(id("_", "g"), "c".repeat(64), FunctionMetadata.NONE)).code());
    assertEquals(
        "code_gone",
        failure(
                here.updateFunction(
                    id("_", "f"),
                    Optional.empty(),
                    "f",
                    Optional.of("c".repeat(64)),
                    Optional.empty(),
                    NewConnectors.NONE))
            .code());
  }

  @Test
  void functionsGoWithTheirModule() throws Exception {
    finish(here.createModule("m", Optional.empty()));
    create("m", "f");
    create("_", "f");

    finish(here.deleteModule("m"));

    assertEquals(Set.of(id("_", "f")), here.snapshot().functions().keySet());
    assertEquals(List.of(id("m", "f")), announced.getLast().removed());
  }

  @Test
  void functionsMoveWithARenamedModule() throws Exception {
    finish(here.createModule("m", Optional.empty()));
    create("m", "f");

    finish(here.updateModule("m", "n", Optional.empty()));

    assertEquals(Set.of(id("n", "f")), here.snapshot().functions().keySet());
    assertEquals(List.of(id("m", "f")), announced.getLast().removed());
    assertEquals(
        List.of(id("n", "f")),
        announced.getLast().changed().stream().map(FunctionSpec::id).toList());
  }

  @Test
  void theVersionGrowsWithEachChangeAndEachIsAnnounced() throws Exception {
    long start = here.snapshot().version();
    create("_", "f");
    finish(here.createModule("m", Optional.empty()));
    finish(here.deleteFunction(id("_", "f"), Optional.empty()));

    assertEquals(start + 3, here.snapshot().version());
    assertEquals(
        List.of(start, start + 1, start + 2),
        announced.stream().map(CatalogChanged::previous).toList());
    assertEquals(
        List.of(start + 1, start + 2, start + 3),
        announced.stream().map(CatalogChanged::version).toList());
    assertEquals(1, announced.get(0).changed().size());
    assertTrue(announced.get(1).changed().isEmpty() && announced.get(1).removed().isEmpty());
    assertEquals(List.of(id("_", "f")), announced.get(2).removed());
  }

  @Test
  void aFailedChangeLeavesTheVersion() throws Exception {
    long before = Long.parseLong(TestDatabase.query(server, "select version from catalog"));

    assertConflict(here.createModule("_", Optional.empty()));

    assertEquals(before, Long.parseLong(TestDatabase.query(server, "select version from catalog")));
    assertTrue(announced.isEmpty());
  }

  @Test
  void whatAnotherCoreChangedInBetweenIsAnnouncedToo() throws Exception {
    finish(there.createFunction(id("_", "theirs"), CODE, FunctionMetadata.NONE));

    create("_", "ours");

    assertEquals(
        Set.of(id("_", "ours"), id("_", "theirs")),
        Set.copyOf(announced.getLast().changed().stream().map(FunctionSpec::id).toList()));
  }

  @Test
  void changesOfTwoCoresAtOnceConverge() throws Exception {
    List<Future<?>> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      changes.add(here.createFunction(id("_", "h" + i), CODE, FunctionMetadata.NONE));
      changes.add(there.createFunction(id("_", "t" + i), CODE, FunctionMetadata.NONE));
      changes.add((i % 2 == 0 ? here : there).createModule("m" + i, Optional.empty()));
    }
    finish(Future.all(changes));

    assertEquals(finish(there.latest()).functions(), finish(here.latest()).functions());
    assertEquals(40, here.snapshot().functions().size());
    assertEquals(21, there.snapshot().modules().size());
    assertEquals(61, here.snapshot().version());
  }

  @Test
  void oneOfTwoCoresGetsAName() throws Exception {
    AtomicInteger created = new AtomicInteger();
    List<Future<?>> tries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tries.add(
          (i % 2 == 0 ? here : there)
              .createFunction(id("_", "f"), CODE, FunctionMetadata.NONE)
              .onSuccess(_ -> created.incrementAndGet()));
    }
    finish(Future.join(tries).otherwiseEmpty());

    assertEquals(1, created.get());
    tries.stream()
        .filter(Future::failed)
        .forEach(attempt -> assertEquals(Category.CONFLICT, failure(attempt).category()));
  }

  @Test
  void theFirstSubjectsAreCreatedByOneOfTwoCores() throws Exception {
    List<String> kept = Collections.synchronizedList(new ArrayList<>());
    List<Future<Boolean>> cores =
        List.of(
            here.createFirstSubjects((admin, guest) -> keep(kept, admin, guest)),
            there.createFirstSubjects((admin, guest) -> keep(kept, admin, guest)));
    finish(Future.all(cores));
    finish(here.refresh());

    assertEquals(1, cores.stream().filter(Future::result).count());
    assertEquals(2, kept.size());
    assertEquals(
        Optional.of(new Principal("admin", Principal.Role.ADMIN)),
        here.principal(TokenHash.of(kept.getFirst())));
    assertEquals(
        Optional.of(new Principal("guest", Principal.Role.USER)),
        here.principal(TokenHash.of(kept.getLast())));
    assertFalse(finish(here.createFirstSubjects((_, _) -> Future.failedFuture("not again"))));
  }

  private static Future<Void> keep(List<String> kept, String admin, String guest) {
    kept.add(admin);
    kept.add(guest);
    return Future.succeededFuture();
  }

  @Test
  void tokensThatCouldNotBeKeptAreNotCreated() throws Exception {
    assertThrows(
        Exception.class,
        () -> finish(here.createFirstSubjects((_, _) -> Future.failedFuture("disk full"))));

    assertEquals("0", TestDatabase.query(server, "select count(*) from subject"));
    assertTrue(finish(here.createFirstSubjects((_, _) -> Future.succeededFuture())));
  }

  @Test
  void theDatabaseHoldsTokensOnlyAsHashes() throws Exception {
    String token = finish(here.createSubject("s", Optional.empty()));

    assertEquals("s", here.principal(TokenHash.of(token)).orElseThrow().name());
    assertTrue(here.principal(TokenHash.of("x" + token)).isEmpty());
    String all =
        TestDatabase.query(
            server,
            "select string_agg(t::text || encode(token_sha256, 'escape'), ' ') from subject t");
    assertFalse(all.contains(token), all);
    assertEquals(
        "32", TestDatabase.query(server, "select octet_length(token_sha256) from subject"));
  }

  @Test
  void aFunctionsSchedulingGoesBeforeItsModules() throws Exception {
    finish(here.createModule("m", Optional.of("{\"language\":\"none\"}")));
    create("m", "f");

    assertEquals(Policies.DEFAULT, here.snapshot().function(id("m", "f")).orElseThrow().policy());
  }

  @Test
  void whatIsStoredAndCannotBeReadFallsBackToDefaults() throws Exception {
    create("_", "f");
    create("_", "g");
    TestDatabase.execute(server, "update function set metadata = '{\"tag\":' where name = 'f'");
    TestDatabase.execute(
        server,
        "update function set metadata = '{\"memory_mb\":9223372036854775807,"
            + "\"scheduling\":{\"language\":\"lost\"}}' where name = 'g'");
    TestDatabase.execute(server, "update catalog set version = version + 1");

    CatalogSnapshot latest = finish(here.latest());

    assertEquals(FunctionMetadata.NONE, latest.function(id("_", "f")).orElseThrow().metadata());
    assertEquals(Policies.DEFAULT, latest.function(id("_", "g")).orElseThrow().policy());
    assertEquals(
        1L << 30, latest.function(id("_", "g")).orElseThrow().spec().limits().memoryBytes());
  }

  @Test
  void listsFunctionsInPages() throws Exception {
    TestDatabase.execute(
        server,
        "insert into function (module_id, name, sha256, metadata) select 1, 'f' || n, '"
            + CODE
            + "', '{}' from generate_series(1, 501) n");
    TestDatabase.execute(server, "update catalog set version = version + 1");
    finish(here.latest());

    FunctionList first = here.page(new FunctionListRequest(0));
    FunctionList last = here.page(new FunctionListRequest(500));

    assertEquals(500, first.functions().size());
    assertEquals(1, last.functions().size());
    assertEquals(first.version(), last.version());
    assertTrue(here.page(new FunctionListRequest(501)).functions().isEmpty());
    assertEquals(first, here.page(new FunctionListRequest(-1)));
  }

  private void create(String module, String name) throws Exception {
    finish(here.createFunction(id(module, name), CODE, FunctionMetadata.NONE));
  }

  private static FunctionId id(String module, String name) {
    return new FunctionId(module, name);
  }

  private static void assertConflict(Future<?> future) {
    assertEquals(Category.CONFLICT, failure(future).category());
  }

  private static void assertNotFound(Future<?> future) {
    assertEquals(Category.NOT_FOUND, failure(future).category());
  }

  private static Failure failure(Future<?> future) {
    Exception e = assertThrows(Exception.class, () -> finish(future));
    return assertInstanceOf(FailureException.class, e).failure();
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
