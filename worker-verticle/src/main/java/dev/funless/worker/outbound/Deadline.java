package dev.funless.worker.outbound;

import java.time.Duration;

/**
 * When a wait must be over.
 *
 * @param nanos as {@link System#nanoTime()}
 */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** The earlier of this one and the one that far from now. */
  Deadline orIn(Duration duration) {
    Deadline other = in(duration);
    return other.nanos - nanos < 0 ? other : this;
  }

  /** Not negative. */
  long remainingNanos() {
    return Math.max(0, nanos - System.nanoTime());
  }

  /** Rounded up; at least 1, because 0 means for ever to the client. */
  long remainingMillis() {
    return Math.max(1, remainingNanos() / 1_000_000 + 1);
  }
}
