package dev.funless.bench.engine.jvm;

import dev.funless.engine.Call;
import dev.funless.engine.CallLimits;
import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
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

  /**
   * An engine that keeps what it compiled in {@code cache}. The one place where the benchmark says
   * so; an engine without such a cache compiles at each load.
   */
  static Engine caching(Path cache) {
    if (!cache.isAbsolute()) {
      throw new IllegalArgumentException("the cache needs an absolute path, not " + cache);
    }
    return running(1, 1);
  }

  /** A call as the platform makes them; {@code nowNanos} is what {@link System#nanoTime} says. */
  static Call call(byte[] input, long nowNanos, Duration allowed) {
    return new Call(input, nowNanos + allowed.toNanos(), LIMITS, ENVIRONMENT, NO_HTTP, OPEN);
  }
}
