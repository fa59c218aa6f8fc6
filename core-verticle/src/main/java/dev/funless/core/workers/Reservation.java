package dev.funless.core.workers;

/** What a call in flight takes of a worker. Confined to the scheduler's event loop. */
public final class Reservation {

  private final Worker worker;
  private final long footprintBytes;
  private final long messageBytes;
  private final int sentAtReport;
  private boolean released;

  Reservation(Worker worker, long footprintBytes, long messageBytes, int sentAtReport) {
    this.worker = worker;
    this.footprintBytes = footprintBytes;
    this.messageBytes = messageBytes;
    this.sentAtReport = sentAtReport;
  }

  /** Gives back what was taken; a second time does nothing. */
  public void release() {
    if (!released) {
      released = true;
      worker.gotBack(footprintBytes, messageBytes, sentAtReport);
    }
  }
}
