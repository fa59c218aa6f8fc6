package dev.funless.bench.engine.jvm;

import dev.funless.engine.Call;
import dev.funless.engine.CallLimits;
import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.InvalidModuleException;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.OutboundHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The engines that are measured, and the calls that they get. */
final class Engines {

  /** As workers have by default. */
  private static final long STACK_BYTES = 1 << 20;

  private static final long MEMORY_BYTES = 256L << 20;
  private static final long CACHE_BYTES = 256L << 20;
  private static final CallLimits LIMITS = new CallLimits(64L << 20, 1 << 20, 64 << 10, 0, 0);

  private static final Map<String, String> ENVIRONMENT = Map.of();
  private static final OutboundHttp NO_HTTP =
      request -> {
        throw new IOException("nothing can be reached from here");
      };
  private static final Call.StartGate OPEN = () -> true;

  private Engines() {}

  /** An engine that runs so many guests at once, and takes so many calls besides. */
  static Engine running(int guests, int queuedCalls) {
    return new Engine(new EngineConfig(guests, 0, queuedCalls, MEMORY_BYTES, STACK_BYTES));
  }

  /** An engine that keeps what it compiled in {@code cache}. */
  static Engine caching(Path cache) {
    return new Engine(new EngineConfig(1, 0, 1, MEMORY_BYTES, STACK_BYTES), cache, CACHE_BYTES);
  }

  /** Loads, and compiles at once what the engine would rather interpret for the time being. */
  static LoadedFunction compiled(Engine engine, byte[] wasm) throws InvalidModuleException {
    LoadedFunction function = engine.load(wasm);
    engine.compile(function);
    return function;
  }

  /** A call as the platform makes them; {@code nowNanos} is what {@link System#nanoTime} says. */
  static Call call(byte[] input, long nowNanos, Duration allowed) {
    return new Call(input, nowNanos + allowed.toNanos(), LIMITS, ENVIRONMENT, NO_HTTP, OPEN);
  }
}
