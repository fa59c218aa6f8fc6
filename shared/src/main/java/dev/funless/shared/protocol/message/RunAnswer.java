package dev.funless.shared.protocol.message;

import dev.funless.shared.failure.Failure;
import java.util.Optional;

/**
 * How a call ended on a worker, or why it did not get that far.
 *
 * @param json the function's answer, valid JSON in UTF-8; empty where it failed
 * @param failure why there is no answer; absent where there is one
 * @param log what the function printed, bounded by its limits; absent where the request did not ask
 *     for it, or where no worker could tell
 */
public record RunAnswer(byte[] json, Optional<Failure> failure, Optional<String> log) {

  private static final byte[] NOTHING = new byte[0];

  /** The function answered; nobody asked for its log. */
  public static RunAnswer of(byte[] json) {
    return new RunAnswer(json, Optional.empty(), Optional.empty());
  }

  /** The call failed, without a log. */
  public static RunAnswer failed(Failure failure) {
    return failed(failure, Optional.empty());
  }

  public static RunAnswer failed(Failure failure, Optional<String> log) {
    return new RunAnswer(NOTHING, Optional.of(failure), log);
  }
}
