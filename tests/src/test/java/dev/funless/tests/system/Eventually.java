package dev.funless.tests.system;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits with a deadline. */
final class Eventually {

  private static final Duration POLL = Duration.ofMillis(50);

  private Eventually() {}

  /**
   * @param what a clause that says what is waited for, shown where it does not come
   */
  static void holds(String what, Duration patience, BooleanSupplier condition) {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("After " + patience + " it does not hold that " + what + ".");
      }
      pause(POLL);
    }
  }

  static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
