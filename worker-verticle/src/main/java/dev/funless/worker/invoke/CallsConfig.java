package dev.funless.worker.invoke;

import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * Bounds of calls that hold for every function of a worker.
 *
 * @param logBytes the most that is kept of a call's log, whatever its function asks for
 * @param hostCalls the most outbound HTTP calls of a call, whatever its function asks for
 * @param clockSkew how far the clocks of nodes may be apart; a call that reaches the worker later
 *     than this after its deadline is not started
 */
public record CallsConfig(int logBytes, int hostCalls, Duration clockSkew) {

  public static CallsConfig read(Settings settings) {
    return new CallsConfig(
        settings.integer("worker.log_bytes", 64 * 1024, 0, 1024 * 1024),
        settings.integer("worker.host_calls", 1_000, 0, 100_000),
        settings.millis(
            "worker.clock_skew_ms", Duration.ofSeconds(2), Duration.ZERO, Duration.ofHours(1)));
  }
}
