package dev.funless.core.sink;

import dev.funless.shared.function.FunctionId;
import java.time.Instant;

/**
 * How an invocation ended, for a sink.
 *
 * @param outcome {@code ok}, or the failure's stable code
 * @param json the function's answer; where it failed, {@code {"error": "…"}}
 */
public record Result(
    String invocationId, FunctionId function, String outcome, String json, Instant endedAt) {}
