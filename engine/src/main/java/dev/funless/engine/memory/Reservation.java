package dev.funless.engine.memory;

/**
 * What one instance holds of the {@link MemoryBudget}, in its calls and between them. Used by one
 * thread at a time; closing it twice gives back once.
 */
public final class Reservation implements AutoCloseable {

  private final MemoryBudget budget;

  private long heldBytes;
  private long linearLimitBytes;
  private int tableLimitEntries;

  Reservation(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * Sets what holds in the call that begins.
   *
   * @param linearBytes how large linear memory may be
   * @param tableEntries how many entries a table may have
   */
  public void limit(long linearBytes, int tableEntries) {
    linearLimitBytes = linearBytes;
    tableLimitEntries = tableEntries;
  }

  boolean allowsTable(long entries) {
    return entries <= tableLimitEntries;
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
