package dev.funless.worker.latency;

import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * How services are measured that functions declare.
 *
 * @param every the time from one measurement of a service to the next
 * @param timeout how long a name may take to be resolved, and a connection to come about
 * @param services how many services' URLs are measured at most; 0 measures none
 */
public record LatencyConfig(Duration every, Duration timeout, int services) {

  public LatencyConfig {
    if (every.toMillis() < 1 || timeout.toMillis() < 1 || services < 0) {
      throw new IllegalArgumentException("a bound is out of range");
    }
  }

  /** Reads the keys under {@code latency}. */
  public static LatencyConfig read(Settings settings) {
    return new LatencyConfig(
        settings.millis(
            "latency.every_ms", Duration.ofSeconds(2), Duration.ofMillis(10), Duration.ofHours(1)),
        settings.millis(
            "latency.timeout_ms",
            Duration.ofSeconds(1),
            Duration.ofMillis(1),
            Duration.ofMinutes(1)),
        settings.integer("latency.services", 256, 0, 4_096));
  }
}
