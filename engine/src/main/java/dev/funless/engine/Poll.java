package dev.funless.engine;

import dev.funless.engine.compile.ExecutableCode;
import java.time.Duration;

/**
 * Whether a function's code looks if it has to stop. It does not, which makes tight loops up to
 * twice as fast, until a call of the function has to be stopped; and again some time after the last
 * had to be. Each change has the JVM compile the function's code again, so changes are rare: a
 * function that often runs into its deadline goes on looking. Thread-safe.
 */
final class Poll {

  private static final Duration QUIET = Duration.ofSeconds(10);

  private final ExecutableCode code;
  private final long quietNanos;

  private volatile boolean armed;

  /** Guarded by this. */
  private long lastStopNanos;

  Poll(ExecutableCode code) {
    this(code, QUIET);
  }

  Poll(ExecutableCode code, Duration quiet) {
    this.code = code;
    this.quietNanos = quiet.toNanos();
  }

  boolean armed() {
    return armed;
  }

  /** To be called before the thread of the call that has to stop is interrupted. */
  synchronized void arm() {
    lastStopNanos = System.nanoTime();
    armed = true;
    code.arm();
  }

  /** To be called now and then by calls that ended well. */
  void relax() {
    if (armed) {
      relaxArmed();
    }
  }

  private synchronized void relaxArmed() {
    if (armed && System.nanoTime() - lastStopNanos > quietNanos) {
      armed = false;
      code.disarm();
    }
  }
}
