package dev.funless.worker.latency;

import java.util.OptionalDouble;

/**
 * How long a service takes to be reached, as known from the measurements until now: their mean, in
 * which each weighs half as much as the next. Unknown until the service is reached, and again after
 * three failures in a row.
 *
 * @param millis the mean in milliseconds; empty while it is unknown
 * @param failures how many have failed since the last that did not
 */
record Estimate(OptionalDouble millis, int failures) {

  static final Estimate UNKNOWN = new Estimate(OptionalDouble.empty(), 0);

  private static final int FAILURES_TO_UNKNOWN = 3;
  private static final double NEWEST_WEIGHT = 0.5;

  Estimate reached(double newestMillis) {
    double before = millis.orElse(newestMillis);
    return new Estimate(
        OptionalDouble.of(NEWEST_WEIGHT * newestMillis + (1 - NEWEST_WEIGHT) * before), 0);
  }

  Estimate failed() {
    int more = Math.min(failures, FAILURES_TO_UNKNOWN) + 1;
    return new Estimate(more < FAILURES_TO_UNKNOWN ? millis : OptionalDouble.empty(), more);
  }

  /** Whether the last failure was the one that made the service unknown, or showed that it is. */
  boolean justLost() {
    return failures == FAILURES_TO_UNKNOWN;
  }
}
