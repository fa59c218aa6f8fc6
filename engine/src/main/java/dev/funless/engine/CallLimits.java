package dev.funless.engine;

/**
 * Bounds of one call.
 *
 * @param memoryBytes linear memory the guest may hold, in bytes
 * @param answerBytes size of the answer, in bytes
 * @param logBytes how much of the guest's log is kept, in bytes; what comes after is dropped
 * @param httpResponseBytes size of the answer to an outbound HTTP call, in bytes; 0 where the
 *     function does not say: 1024 then, or 65536 where the guest passes a pointer below 16
 * @param hostCalls how many outbound HTTP calls the guest may make
 */
public record CallLimits(
    long memoryBytes, int answerBytes, int logBytes, int httpResponseBytes, int hostCalls) {}
