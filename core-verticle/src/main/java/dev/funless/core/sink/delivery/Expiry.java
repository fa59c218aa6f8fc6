package dev.funless.core.sink.delivery;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what was given up long ago, in small batches with pauses between them. Every core does;
 * they pass over each other's batch. Confined to the deliverer's event loop.
 */
final class Expiry {

  private static final Logger log = LoggerFactory.getLogger(Expiry.class);

  private static final long LOOK_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long PAUSE_MILLIS = 200;
  static final int BATCH = 500;

  private final Vertx vertx;
  private final DeadDeliveries dead;
  private final Duration keep;
  private final DeliveryMetrics metrics;

  Expiry(Vertx vertx, DeadDeliveries dead, Duration keep, DeliveryMetrics metrics) {
    this.vertx = vertx;
    this.dead = dead;
    this.keep = keep;
    this.metrics = metrics;
  }

  /** Looks now and every hour, until the verticle ends whose context this is. */
  void start() {
    vertx.setPeriodic(1, LOOK_MILLIS, _ -> removeBatch());
  }

  private void removeBatch() {
    dead.expire(keep, BATCH)
        .onSuccess(this::removed)
        .onFailure(e -> log.debug("Old results cannot be removed now: {}", e.toString()));
  }

  private void removed(Map<String, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    if (all == 0) {
      return;
    }
    log.info("{} results were removed that sinks had not taken {} days ago", all, keep.toDays());
    counts.forEach(metrics::expired);
    if (all == BATCH) {
      vertx.setTimer(PAUSE_MILLIS, _ -> removeBatch());
    }
  }
}
