package dev.funless.engine;

/**
 * What an engine holds at one moment.
 *
 * @param running guests that hold a place
 * @param waiting guests that wait in a host call
 * @param queued calls that wait for a place
 * @param memoryReservedBytes linear memory held by guests, in bytes
 * @param memoryTotalBytes the budget, in bytes
 */
public record EngineStats(
    int running, int waiting, int queued, long memoryReservedBytes, long memoryTotalBytes) {}
