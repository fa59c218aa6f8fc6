package dev.funless.engine.memory;

/**
 * What one instance holds of the {@link MemoryBudget}, in its calls and between them. Used by one
 * thread at a time; closing it twice gives back once.
 */
public final class Reservation implements AutoCloseable {

  private final MemoryBudget budget;

  private long heldBytes;
  private long linearLimitBytes;

  Reservation(MemoryBudget budget) {
    this.budget = budget;
  }

  /** Sets how large linear memory may be in the call that begins, in bytes. */
  public void limitLinear(long bytes) {
    linearLimitBytes = bytes;
  }

  boolean allowsLinear(long bytes) {
    return bytes <= linearLimitBytes;
  }

  /** False where the budget is used up, and no idle instance is left that could make room. */
  public boolean take(long bytes) {
    if (!budget.take(bytes)) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  void giveBack(long bytes) {
    heldBytes -= bytes;
    budget.giveBack(bytes);
  }

  public long heldBytes() {
    return heldBytes;
  }

  @Override
  public void close() {
    long bytes = heldBytes;
    heldBytes = 0;
    budget.giveBack(bytes);
  }
}
