package dev.funless.engine.memory;

import java.util.concurrent.atomic.AtomicLong;

/** The linear memory that all guests of an engine together may hold. Thread-safe. */
public final class MemoryBudget {

  private final long totalBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  public MemoryBudget(long totalBytes) {
    this.totalBytes = totalBytes;
  }

  /**
   * Starts the account of one call.
   *
   * @param limitBytes how much linear memory that call may hold, in bytes
   */
  public Reservation open(long limitBytes) {
    return new Reservation(this, limitBytes);
  }

  public long totalBytes() {
    return totalBytes;
  }

  public long heldBytes() {
    return heldBytes.get();
  }

  boolean take(long bytes) {
    while (true) {
      long held = heldBytes.get();
      if (bytes > totalBytes - held) {
        return false;
      }
      if (heldBytes.compareAndSet(held, held + bytes)) {
        return true;
      }
    }
  }

  void giveBack(long bytes) {
    heldBytes.addAndGet(-bytes);
  }
}
