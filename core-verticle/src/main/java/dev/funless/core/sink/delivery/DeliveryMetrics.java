package dev.funless.core.sink.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;

/** Counts deliveries. Confined to the deliverer's event loop. */
final class DeliveryMetrics {

  private final MeterRegistry registry;

  /** As last counted. */
  private final AtomicReference<Deliveries.Counts> counts =
      new AtomicReference<>(new Deliveries.Counts(0, 0));

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("funless.deliveries.waiting", counts, latest -> latest.get().waiting())
        .description("Results of all cores that are on their way to sinks; at most 100000")
        .register(registry);
    Gauge.builder("funless.deliveries.dead", counts, latest -> latest.get().dead())
        .description("Results of all cores that sinks did not take; at most 100000")
        .register(registry);
  }

  void counted(Deliveries.Counts latest) {
    counts.set(latest);
  }

  void expired(String type, int count) {
    Counter.builder("funless.deliveries.expired")
        .description("Results that sinks did not take and that this core removed for their age")
        .tag("type", type)
        .register(registry)
        .increment(count);
  }

  void ended(Settlement settlement) {
    String outcome =
        switch (settlement) {
          case Settlement.Delivered _ -> "delivered";
          case Settlement.Failed _ -> "failed";
          case Settlement.Dead _ -> "dead";
        };
    Counter.builder("funless.deliveries")
        .description("Tries to deliver results to sinks")
        .tag("type", settlement.claimed().type())
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }
}
