package dev.funless.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops guests whose deadline has passed. One thread looks at all guest threads, sleeps until the
 * next deadline, and is woken only by a call whose deadline comes before: with deadlines of about
 * the same length that is hardly ever.
 *
 * <p>No wake-up is lost: a guest thread writes its call, then reads {@link #wakeAtNanos}; the
 * watchdog writes that, then reads the calls once more. Both are volatile, so one sees the other.
 */
final class Watchdog extends Thread {

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Host code may swallow an interrupt, so that a stopped call is told again. */
  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private volatile List<GuestThread> guests = List.of();
  private volatile long wakeAtNanos = System.nanoTime();
  private volatile boolean closed;

  Watchdog() {
    super("guest-watchdog");
    setDaemon(true);
  }

  /** To be called before it starts. */
  void watch(List<GuestThread> threads) {
    guests = List.copyOf(threads);
  }

  /** By a guest's thread that has just begun a call. */
  void begun(RunningCall call) {
    if (call.deadlineNanos() - wakeAtNanos < 0) {
      LockSupport.unpark(this);
    }
  }

  /** Lets it end once no guest runs. */
  void close() {
    closed = true;
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    while (true) {
      long now = System.nanoTime();
      long sleep = LONGEST_SLEEP_NANOS;
      boolean anyRuns = false;
      for (GuestThread guest : guests) {
        RunningCall call = guest.running();
        if (call != null) {
          anyRuns = true;
          sleep = Math.min(sleep, untilNextLook(call, now));
        }
      }
      if (closed && !anyRuns) {
        return;
      }
      wakeAtNanos = now + (closed ? Math.min(sleep, REPEAT_NANOS) : sleep);
      if (!anyDueBefore(wakeAtNanos)) {
        LockSupport.parkNanos(this, wakeAtNanos - System.nanoTime());
      }
    }
  }

  private static long untilNextLook(RunningCall call, long now) {
    RunningCall.Stop stopped = call.stop();
    long left = call.deadlineNanos() - now;
    if (stopped == null && left > 0) {
      return left;
    }
    call.stop(stopped == null ? RunningCall.Stop.DEADLINE : stopped);
    return REPEAT_NANOS;
  }

  private boolean anyDueBefore(long nanos) {
    for (GuestThread guest : guests) {
      RunningCall call = guest.running();
      if (call != null && call.stop() == null && call.deadlineNanos() - nanos < 0) {
        return true;
      }
    }
    return false;
  }
}
