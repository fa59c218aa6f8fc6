package dev.funless.core.workers;

import dev.funless.shared.function.FunctionSpec;

/** What a call in flight takes of a worker. Confined to the scheduler's event loop. */
public final class Reservation {

  private final KnownWorker worker;
  private final FunctionSpec function;
  private final long messageBytes;
  private final int sentAtReport;
  private boolean released;

  Reservation(KnownWorker worker, FunctionSpec function, long messageBytes, int sentAtReport) {
    this.worker = worker;
    this.function = function;
    this.messageBytes = messageBytes;
    this.sentAtReport = sentAtReport;
  }

  /** Gives back what was taken; a second time does nothing. */
  public void release() {
    if (!released) {
      released = true;
      worker.gotBack(function, messageBytes, sentAtReport);
    }
  }
}
