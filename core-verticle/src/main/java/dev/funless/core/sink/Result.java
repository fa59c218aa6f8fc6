package dev.funless.core.sink;

import dev.funless.shared.function.FunctionId;
import java.time.Instant;

/**
 * How an invocation ended, for a sink.
 *
 * @param outcome {@link #OK}, or the failure's stable code
 * @param json the function's answer; where it failed, {@code {"error": "…"}}
 */
public record Result(
    String invocationId, FunctionId function, String outcome, String json, Instant endedAt) {

  /** The outcome where the function answered. */
  public static final String OK = "ok";

  public boolean isOk() {
    return outcome.equals(OK);
  }
}
