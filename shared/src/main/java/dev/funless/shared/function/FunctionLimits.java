package dev.funless.shared.function;

/**
 * Bounds of every call of a function, with the node's defaults filled in.
 *
 * @param timeoutMillis from the core's acceptance to the answer, queueing included
 * @param memoryBytes linear memory of one instance
 * @param tableEntries how many entries each of its tables may have
 * @param stackBytes the stack that it runs on; 0 for the worker's usual one
 * @param answerBytes size of the answer
 * @param httpResponseBytes size of the answer to an outbound HTTP call; 0 where the function does
 *     not say
 * @param logBytes how much is kept of what a call prints; a worker may keep less
 * @param hostCalls how many outbound HTTP calls a call may make; a worker may allow less
 */
public record FunctionLimits(
    long timeoutMillis,
    long memoryBytes,
    int tableEntries,
    int stackBytes,
    int answerBytes,
    int httpResponseBytes,
    int logBytes,
    int hostCalls) {

  public FunctionLimits {
    if (timeoutMillis < 1
        || memoryBytes < 0
        || tableEntries < 0
        || stackBytes < 0
        || answerBytes < 1
        || httpResponseBytes < 0
        || logBytes < 0
        || hostCalls < 0) {
      throw new IllegalArgumentException("a limit is out of range");
    }
  }
}
