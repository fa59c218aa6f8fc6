package dev.funless.core.invoke;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts invocations by function and outcome. Confined to the scheduler's event loop. */
final class InvocationMetrics {

  private record Key(FunctionId function, String outcome) {}

  /** A bound on what is kept here; the registry has its own on functions. */
  private static final int MAX_TIMERS = 10_000;

  private final MeterRegistry registry;
  private final Counter lastResort;
  private final Counter fallback;
  private final Map<Key, Timer> timers = new HashMap<>();

  InvocationMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lastResort =
        Counter.builder("funless.decisions.last.resort")
            .description("Workers taken by chance because none had reported")
            .register(registry);
    this.fallback =
        Counter.builder("funless.decisions.fallback")
            .description("Workers taken by the default policy because the function's own failed")
            .register(registry);
  }

  void fellBack() {
    fallback.increment();
  }

  void ended(Invocation invocation, InvokeAnswer answer) {
    String outcome = answer.failure().map(Failure::code).orElse("ok");
    if (timers.size() >= MAX_TIMERS) {
      timers.clear();
    }
    timers
        .computeIfAbsent(new Key(invocation.call.function().id(), outcome), this::timer)
        .record(System.nanoTime() - invocation.acceptedNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("funless.invocations")
        .description("Invocations, from acceptance to answer")
        .tag("function", key.function().toString())
        .tag("outcome", key.outcome())
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10))
        .register(registry);
  }

  void lastResort() {
    lastResort.increment();
  }
}
