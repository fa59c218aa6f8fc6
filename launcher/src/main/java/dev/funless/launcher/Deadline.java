package dev.funless.launcher;

import java.time.Duration;

/** A moment that waits may not pass, by the monotonic clock. */
record Deadline(long nanos) {

  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** What is left, never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }
}
