package dev.funless.engine;

import dev.funless.engine.cache.CompiledCache;
import dev.funless.engine.compile.ModuleCompiler;
import dev.funless.engine.memory.MemoryBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs wasm functions, each call isolated from every other. Thread-safe. */
public final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** How long closing waits for guests that were told to stop. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Loader loader;
  private final InstancePool instances;
  private final MemoryBudget budget;
  private final Places places;
  private final Watchdog watchdog = new Watchdog();
  private final List<GuestThread> threads = new ArrayList<>();

  /** An engine that compiles anew whatever it loads. */
  public Engine(EngineConfig config) {
    this(config, Optional.empty());
  }

  /**
   * @param cacheFolder where compiled modules are kept; may be shared with other engines
   * @param cacheBytes the most that they take there
   */
  public Engine(EngineConfig config, Path cacheFolder, long cacheBytes) {
    this(config, Optional.of(new CompiledCache(cacheFolder, ModuleCompiler.version(), cacheBytes)));
  }

  private Engine(EngineConfig config, Optional<CompiledCache> cache) {
    JvmOptions.check();
    loader = new Loader(cache);
    instances = new InstancePool(config.runningGuests());
    budget = new MemoryBudget(config.memoryBytes(), instances);
    places = new Places(config);
    var runner = new Runner(budget, instances, places, watchdog);
    int count = Math.addExact(config.runningGuests(), config.waitingGuests());
    for (int i = 1; i <= count; i++) {
      threads.add(new GuestThread(i, config.stackBytes(), places, runner));
    }
    watchdog.watch(threads);
    watchdog.start();
    threads.forEach(GuestThread::start);
  }

  /** Says whether the code can run here, without compiling it. Blocks; megabytes take seconds. */
  public static ModuleInfo validate(byte[] code) throws InvalidModuleException {
    return ModuleCheck.check(code).info();
  }

  /**
   * Validates and makes ready. A large module that is not in the cache is interpreted until {@link
   * #compile} has compiled it. Blocks; megabytes take seconds, so never on a guest's thread.
   */
  public LoadedFunction load(byte[] code) throws InvalidModuleException {
    return loader.load(code);
  }

  /**
   * Compiles a function that needs it, while it is called. Blocks, for about a second a megabyte.
   *
   * @throws InvalidModuleException where it is too large to be compiled here
   */
  public void compile(LoadedFunction function) throws InvalidModuleException {
    loader.compile(function);
    instances.drop(function);
  }

  /**
   * Removes from the cache what was compiled of other code.
   *
   * @param sha256s of the code that is still of use; blocks
   */
  public void keepCompiled(Set<String> sha256s) {
    loader.keepOnly(sha256s);
  }

  /** Drops what is kept for calls of the function. Those that run or wait are not disturbed. */
  public void unload(LoadedFunction function) {
    function.unload();
    instances.drop(function);
  }

  /**
   * Queues a call. Never blocks.
   *
   * @param done told the outcome, once, on a guest's thread, or on the closing one where the call
   *     was still queued then; must not block
   * @return false where the queue is full or the engine closed; {@code done} is not told then
   */
  public boolean submit(LoadedFunction function, Call call, Consumer<Outcome> done) {
    return places.offer(new QueuedCall(function, call, done));
  }

  public EngineStats stats() {
    Places.Counts counts = places.counts();
    return new EngineStats(
        counts.running(),
        counts.waiting(),
        counts.queued(),
        budget.heldBytes() - instances.heldBytes(),
        budget.totalBytes());
  }

  /** How many calls of the function would find an instance waiting for them. */
  public int idleInstances(LoadedFunction function) {
    return instances.count(function);
  }

  /** Lets no further call start, stops the guests that run, and waits a bounded time for them. */
  @Override
  public void close() {
    for (QueuedCall dropped : places.close()) {
      GuestThread.tell(
          dropped,
          new Outcome.Failed(
              Outcome.Reason.STOPPED, "The call was dropped before the function started.", ""));
    }
    for (GuestThread thread : threads) {
      RunningCall running = thread.running();
      if (running != null) {
        running.stop(RunningCall.Stop.CLOSED);
      }
    }
    watchdog.close();
    awaitThreads();
    instances.close();
  }

  private void awaitThreads() {
    long endNanos = System.nanoTime() + CLOSE_WAIT.toNanos();
    try {
      for (GuestThread thread : threads) {
        Duration left = Duration.ofNanos(endNanos - System.nanoTime());
        if (!thread.isCurrent() && !thread.join(left)) {
          LOG.warn("A guest could not be stopped within {}", CLOSE_WAIT);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
