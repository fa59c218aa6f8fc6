package dev.funless.shared.protocol.message;

import dev.funless.shared.failure.Failure;
import java.util.List;
import java.util.Optional;

/** Answers that a worker sends to one core at once. */
public record RunResults(List<Result> results) {

  public RunResults {
    results = List.copyOf(results);
  }

  /**
   * @param number which call is answered
   * @param json the function's answer; empty where it failed
   * @param failure why there is no answer; absent where there is one
   */
  public record Result(long number, byte[] json, Optional<Failure> failure) {}
}
