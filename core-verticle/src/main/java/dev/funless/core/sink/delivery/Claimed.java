package dev.funless.core.sink.delivery;

import dev.funless.core.sink.Result;

/**
 * A delivery that this core makes, and no other core until the claim ends.
 *
 * @param attempt which try this is; the first is 1
 * @param type of the sink
 * @param parameters of the sink, their secrets encrypted
 */
record Claimed(long id, long sinkId, int attempt, String type, String parameters, Result result) {}
