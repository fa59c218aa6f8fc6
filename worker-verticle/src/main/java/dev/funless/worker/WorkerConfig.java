package dev.funless.worker;

import dev.funless.engine.EngineConfig;
import dev.funless.shared.config.ClusterConfig;
import dev.funless.shared.config.HttpConfig;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.config.Settings;
import dev.funless.worker.invoke.CallsConfig;
import dev.funless.worker.latency.LatencyConfig;
import dev.funless.worker.outbound.OutboundConfig;
import java.time.Duration;

/**
 * All that a worker is configured with.
 *
 * @param eventLoops for the bus and outbound calls; guests have threads of their own
 * @param loadedBytes what modules may take that are ready to be called, in bytes
 * @param cacheBytes what compiled modules may take on disk, in bytes
 * @param drain how long a worker that stops waits for the calls that it has
 */
record WorkerConfig(
    NodeConfig node,
    ClusterConfig cluster,
    HttpConfig http,
    EngineConfig engine,
    CallsConfig calls,
    OutboundConfig outbound,
    LatencyConfig latency,
    int eventLoops,
    long loadedBytes,
    long cacheBytes,
    Duration drain) {

  private static final long MIB = 1024 * 1024;

  static WorkerConfig read(Settings settings) {
    WorkerConfig config =
        new WorkerConfig(
            NodeConfig.read(settings, "worker1"),
            ClusterConfig.read(settings),
            HttpConfig.read(settings, 0),
            engine(settings),
            CallsConfig.read(settings),
            OutboundConfig.read(settings),
            LatencyConfig.read(settings),
            // On two processors one loop, so that a message passes no other thread on its way.
            settings.integer(
                "worker.event_loops",
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                1,
                256),
            settings.whole("worker.loaded_mb", 512, 16, 1_048_576) * MIB,
            settings.whole("worker.cache_mb", 1_024, 16, 1_048_576) * MIB,
            settings.millis(
                "node.drain_ms", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(10)));
    settings.check();
    return config;
  }

  private static EngineConfig engine(Settings settings) {
    long heapMib = Runtime.getRuntime().maxMemory() / MIB;
    return new EngineConfig(
        settings.integer("worker.places", Runtime.getRuntime().availableProcessors(), 1, 1_024),
        settings.integer("worker.waiting", 64, 0, 10_000),
        settings.integer("worker.queue", 256, 0, 100_000),
        // What is left of the heap is for messages and for the compiler.
        settings.whole("worker.memory_mb", Math.max(16, heapMib * 6 / 10), 1, heapMib) * MIB,
        settings.whole("worker.stack_kb", 2_048, 256, 1_048_576) * 1024);
  }
}
