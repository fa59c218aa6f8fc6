package dev.funless.worker.code;

import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import dev.funless.engine.LoadedFunction;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code that this worker can run: which functions exist, and the modules that are ready. A
 * module is read from disk or fetched from a core, and compiled, once for all who wait for it.
 * Confined to the worker's event loop; what blocks runs on a thread of its own.
 */
public final class Functions {

  private static final Logger log = LoggerFactory.getLogger(Functions.class);

  private final String workerId;
  private final Engine engine;
  private final CodeFiles files;
  private final CodeFetcher fetcher;
  private final WorkerExecutor loader;
  private final int maxLoaded;
  private final Consumer<LoadedChanged> announcer;

  private final Map<FunctionId, FunctionSpec> known = new HashMap<>();

  /** By hash; the least recently used first. */
  private final Map<String, Future<LoadedFunction>> modules = new LinkedHashMap<>(16, 0.75f, true);

  private long sequence;

  /**
   * @param maxLoaded how many modules are kept ready; the least recently used goes first
   * @param announcer tells the cluster what was loaded and dropped
   */
  public Functions(
      Vertx vertx,
      String workerId,
      Engine engine,
      CodeFiles files,
      CodeFetcher fetcher,
      int maxLoaded,
      Consumer<LoadedChanged> announcer) {
    this.workerId = workerId;
    this.engine = engine;
    this.files = files;
    this.fetcher = fetcher;
    this.loader = vertx.createSharedWorkerExecutor("code-loader", 1, 5, TimeUnit.MINUTES);
    this.maxLoaded = maxLoaded;
    this.announcer = announcer;
  }

  /** Gives the function's module, ready to run. */
  public Future<LoadedFunction> ready(FunctionSpec function) {
    Future<LoadedFunction> module = modules.get(function.sha256());
    if (module != null) {
      return module;
    }
    Future<LoadedFunction> loading = load(function);
    modules.put(function.sha256(), loading);
    return loading.onComplete(
        done -> {
          if (done.succeeded()) {
            loaded(function, loading);
          } else {
            log.warn("The code of {} could not be loaded", function.id(), done.cause());
            modules.remove(function.sha256(), loading);
          }
        });
  }

  /** Those who waited have the module even where it was dropped while it was loaded. */
  private void loaded(FunctionSpec function, Future<LoadedFunction> loading) {
    if (modules.get(function.sha256()) == loading) {
      announce(List.of(function.sha256()), List.of());
      dropLeastRecentlyUsed();
    } else if (!knownHashes().contains(function.sha256())) {
      // Its file was written after the others had been removed.
      removeUnknownFiles();
    }
  }

  private Future<LoadedFunction> load(FunctionSpec function) {
    String sha256 = function.sha256();
    return loader
        .executeBlocking(() -> files.read(sha256), true)
        .compose(
            onDisk ->
                onDisk
                    .map(Future::succeededFuture)
                    .orElseGet(() -> fetch(sha256, function.codeBytes())))
        .compose(code -> loader.executeBlocking(() -> engine.load(code), true))
        .recover(e -> Future.failedFuture(asFailure(e)));
  }

  private Future<byte[]> fetch(String sha256, long bytes) {
    return fetcher
        .fetch(sha256, bytes)
        .compose(
            code ->
                loader.executeBlocking(
                    () -> {
                      files.write(sha256, code);
                      return code;
                    },
                    true));
  }

  /** Nothing of the function has run, whatever went wrong here. */
  private static Throwable asFailure(Throwable e) {
    if (e instanceof FailureException) {
      return e;
    }
    String detail =
        e instanceof InvalidModuleException
            ? "The worker cannot run the code: " + e.getMessage()
            : "The worker could not load the code.";
    return new Failure(Category.UNAVAILABLE, "code_unavailable", detail).exception();
  }

  /** Those that are being loaded do not count: somebody waits for them. */
  private void dropLeastRecentlyUsed() {
    List<String> ready = loaded().loaded();
    if (ready.size() > maxLoaded) {
      String eldest = ready.getFirst();
      modules.remove(eldest);
      announce(List.of(), List.of(eldest));
    }
  }

  /** Takes changes in: new code is made ready, code that no function has any more is dropped. */
  void changed(Collection<FunctionSpec> changed, Collection<FunctionId> removed) {
    changed.forEach(function -> known.put(function.id(), function));
    removed.forEach(known::remove);
    dropUnknown();
    prefetch(List.copyOf(changed).iterator());
  }

  /** Takes the whole in. */
  void all(Collection<FunctionSpec> functions) {
    known.clear();
    functions.forEach(function -> known.put(function.id(), function));
    dropUnknown();
    prefetch(functions.stream().limit(maxLoaded).toList().iterator());
  }

  /** Makes functions ready one after the other, so that calls do not wait behind them. */
  private void prefetch(Iterator<FunctionSpec> functions) {
    while (functions.hasNext()) {
      Future<LoadedFunction> module = ready(functions.next());
      if (!module.isComplete()) {
        module.onComplete(_ -> prefetch(functions));
        return;
      }
    }
  }

  private void dropUnknown() {
    Set<String> hashes = knownHashes();
    List<String> unknown =
        modules.keySet().stream().filter(sha256 -> !hashes.contains(sha256)).toList();
    List<String> unloaded =
        unknown.stream().filter(sha256 -> modules.remove(sha256).succeeded()).toList();
    if (!unloaded.isEmpty()) {
      announce(List.of(), unloaded);
    }
    removeUnknownFiles();
  }

  private Set<String> knownHashes() {
    Set<String> hashes = new HashSet<>();
    known.values().forEach(function -> hashes.add(function.sha256()));
    return hashes;
  }

  private void removeUnknownFiles() {
    Set<String> hashes = knownHashes();
    loader
        .executeBlocking(
            () -> {
              files.keepOnly(hashes);
              return null;
            },
            true)
        .onFailure(e -> log.warn("Code could not be removed from disk", e));
  }

  private void announce(List<String> loaded, List<String> dropped) {
    sequence++;
    announcer.accept(new LoadedChanged(workerId, sequence, loaded, dropped));
  }

  /** What is ready now. */
  public LoadedList loaded() {
    return new LoadedList(
        sequence,
        modules.entrySet().stream()
            .filter(module -> module.getValue().succeeded())
            .map(Map.Entry::getKey)
            .toList());
  }

  public long sequence() {
    return sequence;
  }
}
