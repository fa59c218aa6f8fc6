package dev.funless.core.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts events and what they bring, by type. Thread-safe. */
public final class EventMetrics {

  private record Of(AtomicInteger connected, Counter invoked, Counter refused) {}

  private final MeterRegistry registry;
  private final Map<String, Of> byType = new ConcurrentHashMap<>();

  public EventMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  public void invoked(String type) {
    of(type).invoked.increment();
  }

  public void refused(String type) {
    of(type).refused.increment();
  }

  void state(String type, String before, String after) {
    int less = before.equals(EventState.CONNECTED) ? 1 : 0;
    int more = after.equals(EventState.CONNECTED) ? 1 : 0;
    of(type).connected.addAndGet(more - less);
  }

  private Of of(String type) {
    return byType.computeIfAbsent(type, this::register);
  }

  private Of register(String type) {
    AtomicInteger connected = new AtomicInteger();
    Gauge.builder("funless.events.connected", connected, AtomicInteger::get)
        .description("Events that this core owns and that are connected")
        .tag("type", type)
        .register(registry);
    return new Of(connected, counter(type, "invoked"), counter(type, "refused"));
  }

  private Counter counter(String type, String outcome) {
    return Counter.builder("funless.events.messages")
        .description("What events brought: invoked, or refused unseen")
        .tag("type", type)
        .tag("outcome", outcome)
        .register(registry);
  }
}
