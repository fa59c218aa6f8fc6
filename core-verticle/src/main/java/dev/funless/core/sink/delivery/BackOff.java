package dev.funless.core.sink.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a try that failed: 1 s, 2 s, 4 s … 10 min, a fifth more or less. */
final class BackOff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final double JITTER = 0.2;

  private BackOff() {}

  /**
   * @param tries that have failed until now; at least 1
   */
  static Duration after(int tries, RandomGenerator random) {
    long millis = FIRST.toMillis() << Math.min(tries - 1, 20);
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis((long) (Math.min(millis, LONGEST.toMillis()) * factor));
  }
}
