package dev.funless.engine.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all instances of an engine together may hold: those that run, and those that wait
 * idle for their next call and give way where a running one needs room. Thread-safe.
 */
public final class MemoryBudget {

  /** Idle instances, that can be dropped. */
  @FunctionalInterface
  public interface Idle {

    /** Drops one instance, giving back what it holds; false where none is left. */
    boolean dropOne();
  }

  private final long totalBytes;
  private final Idle idle;
  private final AtomicLong heldBytes = new AtomicLong();

  public MemoryBudget(long totalBytes, Idle idle) {
    this.totalBytes = totalBytes;
    this.idle = idle;
  }

  /** Starts the account of one instance. */
  public Reservation open() {
    return new Reservation(this);
  }

  public long totalBytes() {
    return totalBytes;
  }

  /** What running and idle instances hold together, in bytes. */
  public long heldBytes() {
    return heldBytes.get();
  }

  boolean take(long bytes) {
    while (!takeFree(bytes)) {
      if (bytes > totalBytes || !idle.dropOne()) {
        return false;
      }
    }
    return true;
  }

  private boolean takeFree(long bytes) {
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
