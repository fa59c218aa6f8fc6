package dev.funless.core.invoke;

import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * Bounds of the scheduler.
 *
 * @param maxCalls invocations that a core sees through at once
 * @param maxCallsPerWorker calls in flight to one worker
 * @param maxBytesPerWorker bytes of arguments in flight to one worker
 * @param workerSilence after which a worker that does not report is passed over, and its calls are
 *     given up
 * @param grace how much later than a call's deadline its worker's answer may come
 */
public record SchedulerConfig(
    int maxCalls,
    int maxCallsPerWorker,
    long maxBytesPerWorker,
    Duration workerSilence,
    Duration grace) {

  public static SchedulerConfig read(Settings settings) {
    return new SchedulerConfig(
        settings.integer("scheduler.max_calls", 10_000, 1, 1_000_000),
        settings.integer("scheduler.max_calls_per_worker", 2_000, 1, 100_000),
        settings.whole("scheduler.max_mb_per_worker", 64, 1, 4_096) * 1024 * 1024,
        settings.millis(
            "scheduler.worker_silence_ms",
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofMinutes(5)),
        settings.millis(
            "scheduler.grace_ms",
            Duration.ofMillis(500),
            Duration.ofMillis(10),
            Duration.ofSeconds(30)));
  }
}
