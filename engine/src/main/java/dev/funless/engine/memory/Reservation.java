package dev.funless.engine.memory;

/**
 * What one call holds of the {@link MemoryBudget}. Used by the call's own thread only; closing it
 * twice gives back once.
 */
public final class Reservation implements AutoCloseable {

  private final MemoryBudget budget;
  private final long limitBytes;

  private long linearBytes;
  private long heldBytes;

  Reservation(MemoryBudget budget, long limitBytes) {
    this.budget = budget;
    this.limitBytes = limitBytes;
  }

  /** Takes room for linear memory, within the call's own limit. */
  public boolean takeLinear(long bytes) {
    if (bytes > limitBytes - linearBytes || !takeOther(bytes)) {
      return false;
    }
    linearBytes += bytes;
    return true;
  }

  /** Takes room for what is not linear memory: the call's limit does not count it. */
  public boolean takeOther(long bytes) {
    if (!budget.take(bytes)) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  void giveBackLinear(long bytes) {
    linearBytes -= bytes;
    giveBackOther(bytes);
  }

  void giveBackOther(long bytes) {
    heldBytes -= bytes;
    budget.giveBack(bytes);
  }

  @Override
  public void close() {
    long bytes = heldBytes;
    heldBytes = 0;
    linearBytes = 0;
    budget.giveBack(bytes);
  }
}
