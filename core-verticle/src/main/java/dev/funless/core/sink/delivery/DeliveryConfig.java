package dev.funless.core.sink.delivery;

import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * Bounds of what sinks are sent.
 *
 * @param queueRows results that wait to be committed, counted for each sink
 * @param queueBytes their size
 * @param inFlight deliveries that this core makes at once
 * @param inFlightPerSink of these, to one sink
 * @param patience how long one may take
 * @param tries after which a delivery is given up
 * @param keepDead how long it is kept then
 */
public record DeliveryConfig(
    int queueRows,
    long queueBytes,
    int inFlight,
    int inFlightPerSink,
    Duration patience,
    int tries,
    Duration keepDead) {

  public static DeliveryConfig read(Settings settings) {
    return new DeliveryConfig(
        settings.integer("sinks.queue", 10_000, 1, 1_000_000),
        settings.whole("sinks.queue_mb", 128, 1, 4_096) * 1024 * 1024,
        settings.integer("sinks.in_flight", 256, 1, 10_000),
        settings.integer("sinks.in_flight_per_sink", 8, 1, 1_000),
        settings.millis(
            "sinks.patience_ms",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(5)),
        settings.integer("sinks.tries", 12, 1, 1_000),
        Duration.ofDays(settings.integer("sinks.dead_days", 30, 1, 3_650)));
  }
}
