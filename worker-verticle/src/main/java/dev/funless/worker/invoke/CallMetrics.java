package dev.funless.worker.invoke;

import dev.funless.engine.Outcome;
import dev.funless.shared.function.FunctionId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts calls by function and outcome. Confined to the worker's event loop. */
final class CallMetrics {

  private record Key(FunctionId function, String outcome) {}

  /** A bound on what is kept here; the registry has its own on functions. */
  private static final int MAX_TIMERS = 10_000;

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new HashMap<>();

  CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param nanos from the call's arrival at the worker, the wait for a place included
   */
  void ended(FunctionId function, Outcome outcome, long nanos) {
    if (timers.size() >= MAX_TIMERS) {
      timers.clear();
    }
    timers
        .computeIfAbsent(new Key(function, name(outcome)), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _ -> "ok";
      case Outcome.Failed failed -> failed.reason().name().toLowerCase(Locale.ROOT);
    };
  }

  private Timer timer(Key key) {
    return Timer.builder("funless.calls")
        .description("Calls on this worker, from arrival to outcome")
        .tag("function", key.function().toString())
        .tag("outcome", key.outcome())
        .register(registry);
  }
}
