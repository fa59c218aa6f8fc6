package dev.funless.core.invoke;

import dev.funless.core.schedule.Worker;
import dev.funless.core.workers.Reservation;

/**
 * An invocation that one worker has been sent. Confined to the scheduler's event loop.
 *
 * <p>A call counts as started from the moment that it is sent, until the worker says that it waits;
 * a call that waits starts only with this core's permission. So a call that does not count as
 * started has certainly not run.
 */
final class Dispatch {

  final Invocation invocation;
  final Worker worker;
  private final Reservation reservation;
  private boolean waits;
  private boolean started;

  Dispatch(Invocation invocation, Worker worker, Reservation reservation) {
    this.invocation = invocation;
    this.worker = worker;
    this.reservation = reservation;
  }

  /** What a worker says may arrive in another order than it happened: a start is never undone. */
  void waits() {
    waits = !started;
  }

  void starts() {
    started = true;
    waits = false;
  }

  /** Whether running it elsewhere cannot run it twice, or may. */
  boolean mayRunElsewhere() {
    return !mayHaveRun() || invocation.call.function().idempotent();
  }

  boolean mayHaveRun() {
    return !waits;
  }

  void release() {
    reservation.release();
  }
}
