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
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.shared.protocol.message.WorkerReport.Idle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code that this worker can run: which functions exist, and the modules that are ready. A
 * module is read from disk or fetched from a core, and made ready, once for all who wait for it.
 * Large ones are made ready on a thread of their own, so that no other waits behind them, and their
 * calls are interpreted until they are compiled. Confined to the worker's event loop.
 */
public final class Functions {

  private static final Logger log = LoggerFactory.getLogger(Functions.class);

  /** What is read, or compiled, for longer than others should wait. */
  private static final long LARGE_BYTES = 128 * 1024;

  private final String workerId;
  private final Engine engine;
  private final CodeFiles files;
  private final CodeFetcher fetcher;
  private final WorkerExecutor loader;
  private final WorkerExecutor largeLoader;
  private final long loadedBytes;
  private final Consumer<LoadedChanged> announcer;

  private final Map<FunctionId, FunctionSpec> known = new HashMap<>();

  /** By hash; the least recently used first. */
  private final LinkedHashMap<String, Future<LoadedFunction>> modules =
      new LinkedHashMap<>(16, 0.75f, true);

  /** Of those that are ready, what each takes, in bytes; and all together. */
  private final Map<String, Long> sizes = new HashMap<>();

  private long readyBytes;

  private long sequence;

  /**
   * @param loadedBytes what the modules that are ready may take together, in bytes; the least
   *     recently used goes first
   * @param announcer tells the cluster what was loaded and dropped
   */
  public Functions(
      Vertx vertx,
      String workerId,
      Engine engine,
      CodeFiles files,
      CodeFetcher fetcher,
      long loadedBytes,
      Consumer<LoadedChanged> announcer) {
    this.workerId = workerId;
    this.engine = engine;
    this.files = files;
    this.fetcher = fetcher;
    this.loader = vertx.createSharedWorkerExecutor("code-loader", 1, 5, TimeUnit.MINUTES);
    this.largeLoader =
        vertx.createSharedWorkerExecutor("large-code-loader", 1, 30, TimeUnit.MINUTES);
    this.loadedBytes = loadedBytes;
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
      count(function.sha256(), loading.result());
      announce(List.of(function.sha256()), List.of());
      dropLeastRecentlyUsed();
      compileLater(function, loading.result());
    } else if (!knownHashes().contains(function.sha256())) {
      // Its file was written after the others had been removed.
      removeUnknownFiles();
    }
  }

  private void compileLater(FunctionSpec function, LoadedFunction loaded) {
    if (loaded.needsCompiling()) {
      largeLoader
          .executeBlocking(
              () -> {
                engine.compile(loaded);
                return null;
              },
              true)
          .onSuccess(
              _ -> {
                if (sizes.containsKey(function.sha256())) {
                  count(function.sha256(), loaded);
                  dropLeastRecentlyUsed();
                }
              })
          .onFailure(e -> log.warn("{} stays interpreted: {}", function.id(), e.getMessage()));
    }
  }

  private WorkerExecutor laneOf(FunctionSpec function) {
    return isLarge(function) ? largeLoader : loader;
  }

  private static boolean isLarge(FunctionSpec function) {
    return function.codeBytes() > LARGE_BYTES;
  }

  private Future<LoadedFunction> load(FunctionSpec function) {
    String sha256 = function.sha256();
    WorkerExecutor lane = laneOf(function);
    return lane.executeBlocking(() -> files.read(sha256), true)
        .compose(
            onDisk ->
                onDisk
                    .map(Future::succeededFuture)
                    .orElseGet(() -> fetch(lane, sha256, function.codeBytes())))
        .compose(code -> lane.executeBlocking(() -> engine.load(code), true))
        .recover(e -> Future.failedFuture(asFailure(e)));
  }

  private Future<byte[]> fetch(WorkerExecutor lane, String sha256, long bytes) {
    return fetcher
        .fetch(sha256, bytes)
        .compose(
            code ->
                lane.executeBlocking(
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
    List<String> dropped = new ArrayList<>();
    for (String eldest : List.copyOf(modules.keySet())) {
      if (readyBytes <= loadedBytes || sizes.size() == 1) {
        break;
      }
      if (sizes.containsKey(eldest)) {
        unload(eldest);
        dropped.add(eldest);
      }
    }
    if (!dropped.isEmpty()) {
      announce(List.of(), dropped);
    }
  }

  private void count(String sha256, LoadedFunction loaded) {
    Long before = sizes.put(sha256, loaded.bytes());
    readyBytes += loaded.bytes() - (before == null ? 0 : before);
  }

  /** False where it was not ready. */
  private boolean unload(String sha256) {
    Future<LoadedFunction> module = modules.remove(sha256);
    if (!module.succeeded()) {
      return false;
    }
    readyBytes -= sizes.remove(sha256);
    engine.unload(module.result());
    return true;
  }

  /** Takes changes in: new code is made ready, code that no function has any more is dropped. */
  void changed(Collection<FunctionSpec> changed, Collection<FunctionId> removed) {
    changed.forEach(function -> known.put(function.id(), function));
    removed.forEach(known::remove);
    dropUnknown();
    prefetch(changed);
  }

  /** Takes the whole in. */
  void all(Collection<FunctionSpec> functions) {
    known.clear();
    functions.forEach(function -> known.put(function.id(), function));
    dropUnknown();
    prefetch(functions);
  }

  /** A view of the functions that exist now. */
  Collection<FunctionSpec> known() {
    return Collections.unmodifiableCollection(known.values());
  }

  /** Makes functions ready one after the other, so that calls do not wait behind them. */
  private void prefetch(Collection<FunctionSpec> functions) {
    Map<Boolean, List<FunctionSpec>> bySize =
        functions.stream().collect(Collectors.partitioningBy(Functions::isLarge));
    bySize.values().forEach(lane -> prefetch(lane.iterator()));
  }

  /** As many as there is room for. */
  private void prefetch(Iterator<FunctionSpec> functions) {
    while (functions.hasNext() && readyBytes < loadedBytes) {
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
    List<String> unloaded = unknown.stream().filter(this::unload).toList();
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
              engine.keepCompiled(hashes);
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
    return new LoadedList(sequence, modules.keySet().stream().filter(sizes::containsKey).toList());
  }

  /** Instances that wait for a call, of the modules that were used last. */
  public List<Idle> idle() {
    List<Idle> idle = new ArrayList<>();
    int looked = 0;
    for (Map.Entry<String, Future<LoadedFunction>> module :
        modules.sequencedEntrySet().reversed()) {
      if (looked++ == WorkerReport.MAX_IDLE) {
        break;
      }
      int instances =
          module.getValue().succeeded() ? engine.idleInstances(module.getValue().result()) : 0;
      if (instances > 0) {
        idle.add(new Idle(module.getKey(), instances));
      }
    }
    return idle;
  }

  public long sequence() {
    return sequence;
  }
}
