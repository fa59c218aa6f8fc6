package dev.funless.engine;

/**
 * Bounds of one call.
 *
 * @param memoryBytes linear memory the guest may hold, in bytes
 * @param tableEntries how many entries each of its tables may have; no table has more than {@value
 *     #LARGEST_TABLE}
 * @param stackBytes the stack that the guest runs on, in bytes; 0 for the engine's usual one
 * @param answerBytes size of the answer, in bytes
 * @param logBytes how much of the guest's log is kept, in bytes; what comes after is dropped
 * @param httpResponseBytes size of the answer to an outbound HTTP call, in bytes; 0 where the
 *     function does not say: 1024 then, or 65536 where the guest passes a pointer below 16
 * @param hostCalls how many outbound HTTP calls the guest may make
 */
public record CallLimits(
    long memoryBytes,
    int tableEntries,
    int stackBytes,
    int answerBytes,
    int logBytes,
    int httpResponseBytes,
    int hostCalls) {

  /** How many entries a table may have at most, whatever a call's limit. */
  public static final int LARGEST_TABLE = 131_072;

  /** The least stack on which a guest's calls of the host still end well, in bytes. */
  public static final int SMALLEST_STACK = 256 * 1024;

  public CallLimits {
    if (stackBytes != 0 && stackBytes < SMALLEST_STACK) {
      throw new IllegalArgumentException("stackBytes must be 0 or at least " + SMALLEST_STACK);
    }
  }

  /** With tables as large as any may be, and the engine's usual stack. */
  public CallLimits(
      long memoryBytes, int answerBytes, int logBytes, int httpResponseBytes, int hostCalls) {
    this(memoryBytes, LARGEST_TABLE, 0, answerBytes, logBytes, httpResponseBytes, hostCalls);
  }
}
