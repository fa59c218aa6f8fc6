package dev.funless.worker.code;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.LoadedFunction;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.worker.Wasm;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real code, a real engine, a real bus, and a core that does as it is told. */
class FunctionsTest {

  private static final byte[] ECHO = Wasm.code("echo-wat");
  private static final byte[] HELLO = Wasm.code("hello-wat");
  private static final byte[] FAIL = Wasm.code("fail-wat");

  /** Two chunks. */
  private static final byte[] LARGE = Wasm.code("hello-rust-wasi");

  /** Bytes of ready modules. */
  private static final long PLENTY = 1L << 30;

  @TempDir Path folder;

  private final FakeCore core = new FakeCore();
  private final List<Set<FunctionSpec>> told = new CopyOnWriteArrayList<>();
  private final List<LoadedChanged> announced = new CopyOnWriteArrayList<>();
  private final Engine engine = new Engine(new EngineConfig(1, 0, 1, 1 << 20, 512 * 1024));
  private Vertx vertx;
  private Context context;
  private Functions functions;
  private CatalogFollower follower;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    Bus bus = Bus.of(vertx);
    finish(core.serve(bus));
    start(bus, PLENTY);
  }

  private void start(Bus bus, long loadedBytes) throws IOException {
    functions =
        new Functions(
            vertx,
            "w",
            engine,
            new CodeFiles(folder),
            new CodeFetcher(bus),
            loadedBytes,
            announced::add);
    follower = new CatalogFollower(bus, functions, all -> told.add(Set.copyOf(all)));
  }

  @AfterEach
  void close() throws Exception {
    finish(vertx.close());
    engine.close();
  }

  @Test
  void codeIsFetchedOnceForAllWhoWait() throws Exception {
    FunctionSpec spec = core.has("large", LARGE);
    List<Future<LoadedFunction>> waiting =
        on(() -> IntStream.range(0, 50).mapToObj(_ -> functions.ready(spec)).toList());

    LoadedFunction loaded = finish(waiting.getFirst());

    for (Future<LoadedFunction> each : waiting) {
      assertSame(loaded, finish(each));
    }
    assertEquals(2, core.chunks.size());
    assertEquals(Set.of(spec.sha256()), loaded());
    assertEquals(List.of(new LoadedChanged("w", 1, List.of(spec.sha256()), List.of())), announced);
    assertSame(loaded, finish(ready(spec)));
  }

  @Test
  void afterARestartCodeIsReadFromDisk() throws Exception {
    FunctionSpec spec = core.has("large", LARGE);
    finish(ready(spec));
    core.chunks.clear();
    startAgain(PLENTY);

    finish(ready(spec));

    assertTrue(core.chunks.isEmpty());
  }

  @Test
  void damagedCodeOnDiskIsFetchedAgain() throws Exception {
    FunctionSpec spec = core.has("echo", ECHO);
    Files.write(folder.resolve(spec.sha256() + ".wasm"), HELLO);

    finish(ready(spec));

    assertEquals(1, core.chunks.size());
    assertEquals(
        spec.sha256(), Wasm.sha256(Files.readAllBytes(folder.resolve(spec.sha256() + ".wasm"))));
  }

  @Test
  void codeThatArrivesDamagedIsRefusedAndFetchedAnewNextTime() throws Exception {
    FunctionSpec spec = core.has("large", LARGE);
    for (int damage : new int[] {0, 1, -1}) {
      core.spoil = (_, chunk) -> Future.succeededFuture(damaged(chunk, damage));

      assertEquals("code_damaged", failure(ready(spec)).code());
      assertTrue(files().isEmpty());
      assertTrue(loaded().isEmpty());
    }
    core.spoil = (_, chunk) -> Future.succeededFuture(chunk);

    finish(ready(spec));
  }

  private static CodeChunk damaged(CodeChunk chunk, int moreBytes) {
    byte[] bytes = java.util.Arrays.copyOf(chunk.bytes(), chunk.bytes().length + moreBytes);
    bytes[0]++;
    return new CodeChunk(bytes, chunk.totalBytes());
  }

  @Test
  void aChunkIsAskedForAgainWhereACoreFails() throws Exception {
    FunctionSpec spec = core.has("large", LARGE);
    AtomicInteger failures = new AtomicInteger(2);
    core.spoil =
        (_, chunk) ->
            failures.getAndDecrement() > 0
                ? Future.failedFuture("the database is gone")
                : Future.succeededFuture(chunk);

    finish(ready(spec));

    assertEquals(4, core.chunks.size());
  }

  @Test
  void codeThatNoCoreHasIsAFailureForAllWhoWaitAndMayComeLater() throws Exception {
    FunctionSpec spec = Wasm.spec("echo", ECHO);
    List<Future<LoadedFunction>> waiting =
        on(() -> List.of(functions.ready(spec), functions.ready(spec)));
    for (Future<LoadedFunction> each : waiting) {
      assertEquals("no_such_code", failure(each).code());
    }
    assertTrue(announced.isEmpty());

    core.has("echo", ECHO);

    finish(ready(spec));
  }

  @Test
  void codeThatTheEngineCannotRunIsUnavailable() throws Exception {
    FunctionSpec spec = core.has("broken", new byte[] {0, 'a', 's', 'm'});

    Failure failure = failure(ready(spec));

    assertEquals(Category.UNAVAILABLE, failure.category());
    assertEquals("code_unavailable", failure.code());
  }

  @Test
  void theLeastRecentlyUsedModuleIsDroppedBeyondTheBound() throws Exception {
    long all = 0;
    for (byte[] code : List.of(ECHO, HELLO, FAIL)) {
      all += engine.load(code).bytes();
    }
    startAgain(all - 1);
    FunctionSpec echo = core.has("echo", ECHO);
    FunctionSpec hello = core.has("hello", HELLO);
    FunctionSpec fail = core.has("fail", FAIL);
    finish(ready(echo));
    finish(ready(hello));
    finish(ready(echo));

    finish(ready(fail));

    assertEquals(Set.of(echo.sha256(), fail.sha256()), loaded());
    assertEquals(List.of(hello.sha256()), announced.getLast().dropped());
    finish(ready(hello));
    assertEquals(2, loaded().size());
  }

  @Test
  void aLargeModuleIsInterpretedUntilItIsCompiled() throws Exception {
    FunctionSpec large = core.has("large", padded(ECHO, 200_000));
    LoadedFunction loaded = finish(ready(large));
    await().atMost(10, TimeUnit.SECONDS).until(() -> !loaded.needsCompiling());
    assertEquals(Set.of(large.sha256()), loaded());
  }

  /** With a custom section behind it, whose content means nothing. */
  private static byte[] padded(byte[] module, int bytes) {
    ByteBuffer padded = ByteBuffer.allocate(module.length + 4 + bytes);
    padded.put(module).put((byte) 0);
    int left = bytes;
    for (int i = 0; i < 3; i++) {
      padded.put((byte) ((left & 0x7F) | (i < 2 ? 0x80 : 0)));
      left >>>= 7;
    }
    return padded.put((byte) 1).put((byte) 'p').array();
  }

  @Test
  void newCodeIsMadeReadyAndOldCodeIsDroppedFromMemoryAndDisk() throws Exception {
    FunctionSpec old = core.has("f", ECHO);
    changed(change(0, 1, List.of(old), List.of()));
    awaitLoaded(old);

    FunctionSpec next = core.has("f", HELLO);
    changed(change(1, 2, List.of(next), List.of()));

    awaitLoaded(next);
    awaitFiles(next);
    changed(change(2, 3, List.of(), List.of(next.id())));
    awaitLoaded();
    awaitFiles();
  }

  @Test
  void theListenerIsToldAllFunctionsAfterEachChange() throws Exception {
    FunctionSpec f = core.has("f", ECHO);
    FunctionSpec g = core.has("g", HELLO);
    changed(change(0, 1, List.of(f), List.of()));
    changed(change(1, 2, List.of(g), List.of(f.id())));
    core.functions = List.of(f, g);
    core.version = 4;
    changed(CatalogChanged.still(2));
    changed(CatalogChanged.still(4));

    await().atMost(5, TimeUnit.SECONDS).until(() -> told.size() == 3);
    assertEquals(List.of(Set.of(f), Set.of(g), Set.of(f, g)), told);
  }

  @Test
  void codeThatTwoFunctionsShareStaysUntilBothAreGone() throws Exception {
    FunctionSpec f = core.has("f", ECHO);
    FunctionSpec g = core.has("g", ECHO);
    changed(change(0, 1, List.of(f, g), List.of()));
    awaitLoaded(f);
    changed(change(1, 2, List.of(), List.of(f.id())));
    finish(ready(g));
    awaitFiles(f);

    changed(change(2, 3, List.of(), List.of(g.id())));

    awaitLoaded();
    awaitFiles();
  }

  @Test
  void codeThatIsRemovedWhileItIsFetchedLeavesNothing() throws Exception {
    FunctionSpec spec = core.has("f", ECHO);
    Promise<Void> held = Promise.promise();
    core.spoil = (_, chunk) -> held.future().map(chunk);
    changed(change(0, 1, List.of(spec), List.of()));
    await().atMost(5, TimeUnit.SECONDS).until(() -> core.chunks.size() == 1);
    Future<LoadedFunction> call = ready(spec);
    changed(change(1, 2, List.of(), List.of(spec.id())));

    held.complete();

    finish(call);
    awaitFiles();
    assertTrue(loaded().isEmpty());
    assertTrue(announced.isEmpty(), "what was never there to stay is not announced");
  }

  @Test
  void announcementsAreNumberedWithoutGaps() throws Exception {
    finish(ready(core.has("echo", ECHO)));
    finish(ready(core.has("hello", HELLO)));
    changed(change(0, 1, List.of(), List.of()));

    await().atMost(5, TimeUnit.SECONDS).until(() -> announced.size() == 3);
    assertEquals(List.of(1L, 2L, 3L), announced.stream().map(LoadedChanged::sequence).toList());
    assertEquals(3, on(() -> functions.sequence()));
    assertEquals(3, on(() -> functions.loaded().sequence()));
  }

  @Test
  void aWorkerThatJoinsAsksForAllFunctions() throws Exception {
    FunctionSpec f = core.has("f", ECHO);
    core.functions = List.of(f);
    core.version = 7;

    changed(CatalogChanged.still(7));

    awaitLoaded(f);
    changed(CatalogChanged.still(7));
    changed(CatalogChanged.still(6));
    assertEquals(List.of(0), core.offsets);
  }

  @Test
  void aGapAsksForAllFunctions() throws Exception {
    FunctionSpec f = core.has("f", ECHO);
    FunctionSpec g = core.has("g", HELLO);
    changed(change(0, 1, List.of(f), List.of()));
    awaitLoaded(f);
    core.functions = List.of(g);
    core.version = 3;

    changed(change(2, 3, List.of(), List.of()));

    awaitLoaded(g);
    awaitFiles(g);
  }

  @Test
  void manyFunctionsComeInPagesOfOneVersion() throws Exception {
    FunctionSpec f = core.has("f", ECHO);
    List<FunctionSpec> many = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      many.add(core.has("f" + i, i == 1_199 ? HELLO : ECHO));
    }
    core.functions = many;
    core.version = 5;
    startAgain(PLENTY);

    changed(CatalogChanged.still(5));

    awaitLoaded(f, many.getLast());
    assertEquals(List.of(0, 500, 1_000), core.offsets);
  }

  @Test
  void aFullLastPageIsFollowedByAnEmptyOne() throws Exception {
    List<FunctionSpec> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(core.has("f" + i, ECHO));
    }
    core.functions = many;

    changed(CatalogChanged.still(1));

    awaitLoaded(many.getFirst());
    assertEquals(List.of(0, 500), core.offsets);
  }

  @Test
  void pagesOfTwoVersionsAreAskedForAnew() throws Exception {
    List<FunctionSpec> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(core.has("f" + i, ECHO));
    }
    core.functions = many;
    core.version = 4;
    core.beforePage =
        request -> {
          core.version = request.offset() == 500 && core.version == 4 ? 5 : core.version;
          return Future.succeededFuture();
        };

    changed(CatalogChanged.still(4));
    await().atMost(5, TimeUnit.SECONDS).until(() -> core.offsets.size() == 2);
    assertTrue(loaded().isEmpty());
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () -> {
              changed(CatalogChanged.still(5));
              return !loaded().isEmpty();
            });
    assertEquals(List.of(0, 500, 0, 500), core.offsets);
  }

  @Test
  void aListThatIsOlderThanWhatIsKnownIsPassedOver() throws Exception {
    FunctionSpec f = core.has("f", ECHO);
    Promise<Void> held = Promise.promise();
    core.beforePage = _ -> held.future();
    core.version = 2;
    changed(change(0, 1, List.of(), List.of()));
    changed(change(5, 6, List.of(), List.of()));
    await().atMost(5, TimeUnit.SECONDS).until(() -> core.offsets.size() == 1);
    changed(change(1, 3, List.of(f), List.of()));
    awaitLoaded(f);

    held.complete();
    // The question is over when the next one is asked.
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () -> {
              changed(change(5, 6, List.of(), List.of()));
              return core.offsets.size() > 1;
            });

    assertEquals(Set.of(f.sha256()), loaded());
    assertFalse(announced.stream().anyMatch(change -> !change.dropped().isEmpty()));
  }

  private void startAgain(long loadedBytes) throws Exception {
    announced.clear();
    finish(vertx.close());
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    Bus bus = Bus.of(vertx);
    finish(core.serve(bus));
    start(bus, loadedBytes);
  }

  private static CatalogChanged change(
      long previous,
      long version,
      List<FunctionSpec> changed,
      List<dev.funless.shared.function.FunctionId> removed) {
    return new CatalogChanged(previous, version, changed, removed);
  }

  private void changed(CatalogChanged change) throws Exception {
    on(
        () -> {
          follower.changed(change);
          return null;
        });
  }

  private Future<LoadedFunction> ready(FunctionSpec spec) throws Exception {
    return on(() -> functions.ready(spec));
  }

  private Set<String> loaded() throws Exception {
    return new HashSet<>(on(() -> functions.loaded().loaded()));
  }

  private void awaitLoaded(FunctionSpec... expected) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> loaded().equals(hashes(expected)));
  }

  private void awaitFiles(FunctionSpec... expected) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> files().equals(hashes(expected)));
  }

  private static Set<String> hashes(FunctionSpec... functions) {
    Set<String> hashes = new HashSet<>();
    for (FunctionSpec function : functions) {
      hashes.add(function.sha256());
    }
    return hashes;
  }

  private Set<String> files() throws IOException {
    Set<String> names = new HashSet<>();
    try (var files = Files.list(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString().replace(".wasm", "")));
    }
    return names;
  }

  private <T> T on(Callable<T> action) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return finish(done.future());
  }

  private static Failure failure(Future<?> future) {
    Exception e = assertThrows(Exception.class, () -> finish(future));
    return assertInstanceOf(FailureException.class, e).failure();
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }
}
