package dev.funless.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Carries the wish to stop from the thread that is told of a signal to the launching thread. That
 * one is interrupted wherever it waits, but only until it begins to stop the nodes: from then on
 * nothing cuts its waits short. Thread-safe.
 */
final class StopSignal {

  private final Thread launching;
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Both guarded by this. */
  private boolean requested;

  private boolean stopping;

  StopSignal(Thread launching) {
    this.launching = launching;
  }

  /** Asks the launching thread to stop. */
  synchronized void request() {
    requested = true;
    if (!stopping) {
      launching.interrupt();
    }
  }

  synchronized boolean requested() {
    return requested;
  }

  /** Called by the launching thread before it stops the nodes. */
  synchronized void beginStopping() {
    stopping = true;
    Thread.interrupted();
  }

  /** Called by the launching thread when nothing is left running. */
  void finish() {
    finished.countDown();
  }

  /** Whether the launching thread finished within the bound. */
  boolean awaitFinished(Duration bound) throws InterruptedException {
    return finished.await(bound.toMillis(), TimeUnit.MILLISECONDS);
  }
}
