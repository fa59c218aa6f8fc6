package dev.funless.engine;

import java.util.function.Consumer;

/** Runs wasm functions, each call isolated from every other. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class Engine implements AutoCloseable {

  private final EngineConfig config;

  public Engine(EngineConfig config) {
    this.config = config;
  }

  /** Says whether the code can run here, without compiling it. Blocks; megabytes take seconds. */
  public static ModuleInfo validate(byte[] code) throws InvalidModuleException {
    throw new UnsupportedOperationException();
  }

  /** Validates and compiles. Blocks; megabytes take seconds, so never on a guest's thread. */
  public LoadedFunction load(byte[] code) throws InvalidModuleException {
    throw new UnsupportedOperationException();
  }

  /**
   * Queues a call. Never blocks.
   *
   * @param done told the outcome, once, on a guest's thread; must not block
   * @return false where the queue is full; {@code done} is not told then
   */
  public boolean submit(LoadedFunction function, Call call, Consumer<Outcome> done) {
    throw new UnsupportedOperationException();
  }

  public EngineStats stats() {
    return new EngineStats(0, 0, 0, 0, config.memoryBytes());
  }

  /** Lets no further call start, stops the guests that run, and waits a bounded time for them. */
  @Override
  public void close() {}
}
