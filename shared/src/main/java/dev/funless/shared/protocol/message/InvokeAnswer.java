package dev.funless.shared.protocol.message;

import dev.funless.shared.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param invocationId names it in logs and events
 * @param worker the name of the worker that it was sent to last; empty where it was sent to none
 * @param json the function's answer, valid JSON in UTF-8; empty where it failed
 * @param failure why there is no answer; absent where there is one
 * @param log what the function printed, bounded by its limits, also where it failed; absent where
 *     the request did not ask for it, or where no worker could tell
 * @param decisions why each worker was chosen that it was sent to, in their order; empty where the
 *     request did not ask for it
 */
public record InvokeAnswer(
    String invocationId,
    String worker,
    byte[] json,
    Optional<Failure> failure,
    Optional<String> log,
    List<Decision> decisions) {

  public InvokeAnswer {
    decisions = List.copyOf(decisions);
  }
}
