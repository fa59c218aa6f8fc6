package dev.funless.engine;

import dev.funless.engine.abi.GuestStopped;
import dev.funless.engine.abi.Waits;
import dev.funless.engine.memory.Stack;

/**
 * A call while its guest runs: how it is stopped from outside, and how it waits. Stopping is
 * interrupting the guest's thread, and having its code look for that; once the call has ended, no
 * interrupt reaches the thread any more.
 */
final class RunningCall implements Waits {

  /** Why a call was stopped. */
  enum Stop {
    DEADLINE,
    CLOSED
  }

  private final GuestThread thread;
  private final Poll poll;
  private final long deadlineNanos;
  private final Places places;

  private volatile Stop stop;

  /** Guarded by this. */
  private boolean ended;

  RunningCall(GuestThread thread, Poll poll, long deadlineNanos, Places places) {
    this.poll = poll;
    this.thread = thread;
    this.deadlineNanos = deadlineNanos;
    this.places = places;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Null where it has not been stopped. */
  Stop stop() {
    return stop;
  }

  /** From any thread. May be told again: host code may have swallowed the first interrupt. */
  synchronized void stop(Stop reason) {
    if (ended) {
      return;
    }
    if (stop == null) {
      stop = reason;
    }
    poll.arm();
    thread.interrupt();
  }

  /** By the guest's thread; leaves it without an interrupt. */
  void end() {
    synchronized (this) {
      ended = true;
    }
    boolean _ = Thread.interrupted();
  }

  @Override
  public <T, E extends Exception> T away(Wait<T, E> wait) throws E {
    Stack.need();
    boolean gaveUp = places.giveUp(thread);
    T result;
    try {
      result = wait.await();
    } catch (InterruptedException e) {
      thread.stoppedWaiting = gaveUp;
      throw new GuestStopped();
    } finally {
      if (gaveUp) {
        places.retake(thread, this);
      }
    }
    checkStopped();
    return result;
  }

  @Override
  public void checkStopped() {
    if (stop != null || Thread.currentThread().isInterrupted()) {
      throw new GuestStopped();
    }
  }
}
