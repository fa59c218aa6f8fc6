package dev.funless.engine;

/**
 * Bounds of one {@link Engine}.
 *
 * @param runningGuests how many guests run at once; one per core is usual; at least 1
 * @param waitingGuests how many guests may, beside the running ones, wait in a host call; at least
 *     0
 * @param queuedCalls how many calls may wait for a place; at least 0
 * @param memoryBytes linear memory that all guests together may hold, in bytes
 * @param stackBytes stack of a guest's thread, in bytes
 */
public record EngineConfig(
    int runningGuests, int waitingGuests, int queuedCalls, long memoryBytes, long stackBytes) {

  public EngineConfig {
    require(runningGuests >= 1, "runningGuests must be at least 1");
    require(waitingGuests >= 0, "waitingGuests must not be negative");
    require(queuedCalls >= 0, "queuedCalls must not be negative");
    require(memoryBytes >= 65_536, "memoryBytes must hold at least one page of 65536 bytes");
    require(
        stackBytes >= CallLimits.SMALLEST_STACK,
        "stackBytes must be at least " + CallLimits.SMALLEST_STACK);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
