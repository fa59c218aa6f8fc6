package dev.funless.shared.protocol.message;

import java.util.List;

/** Answers that a worker sends to one core at once. */
public record RunResults(List<Result> results) {

  public RunResults {
    results = List.copyOf(results);
  }

  /**
   * @param number which call is answered
   */
  public record Result(long number, RunAnswer answer) {}
}
