package dev.funless.core.sink.delivery;

import java.time.Instant;

/**
 * A delivery that was given up.
 *
 * @param sinkPosition of its sink among the function's, from 0
 * @param error why its last try failed
 * @param endedAt when the invocation ended
 */
public record DeadDelivery(
    long id,
    int sinkPosition,
    String sinkType,
    String invocationId,
    String outcome,
    int tries,
    String error,
    Instant endedAt) {}
