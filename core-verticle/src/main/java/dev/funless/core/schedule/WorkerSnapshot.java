package dev.funless.core.schedule;

import java.util.Set;

/**
 * A worker as this core sees it at the moment of a decision.
 *
 * @param id this run of the worker
 * @param name its configured name
 * @param tag its configured tag, or empty
 * @param zone its configured zone, or empty
 * @param reported whether its metrics are known; all figures are 0 otherwise
 * @param memoryTotalBytes its budget for guests
 * @param memoryAvailableBytes what of the budget is free, less what this core has sent since the
 *     worker's last report and not got back
 * @param places how many guests it runs at once
 * @param running guests that ran when it last reported
 * @param queued calls that waited when it last reported
 * @param sent calls that this core has sent it and not got back
 * @param loaded hashes of the code that is ready to run there
 */
public record WorkerSnapshot(
    String id,
    String name,
    String tag,
    String zone,
    boolean reported,
    long memoryTotalBytes,
    long memoryAvailableBytes,
    int places,
    int running,
    int queued,
    int sent,
    Set<String> loaded) {}
