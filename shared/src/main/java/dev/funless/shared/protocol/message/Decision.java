package dev.funless.shared.protocol.message;

import java.util.List;
import java.util.Optional;

/**
 * Why a core sent an invocation to a worker, or to none. An invocation has several where a worker
 * refused it, or was lost before it had started there.
 *
 * @param invocationId the invocation's
 * @param epochMillis when it was decided, by the core's clock
 * @param core the name of the core that decided
 * @param scheduling the configuration that picked the policy, as JSON
 * @param worker the name of the chosen worker; absent where there was none
 * @param reason why that one, or why none, in a sentence
 * @param verdicts on the workers, in the order in which they were looked at; a script may look at
 *     one several times
 */
public record Decision(
    String invocationId,
    long epochMillis,
    String core,
    String scheduling,
    Optional<String> worker,
    String reason,
    List<Verdict> verdicts) {

  public Decision {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * What became of a worker.
   *
   * @param worker its name
   * @param reason by which figure it was ranked, or what ruled it out
   * @param place in the script that ruled or ranked it; absent where no script did
   */
  public record Verdict(String worker, Outcome outcome, String reason, Optional<Place> place) {}

  /** What became of a worker. */
  public enum Outcome {
    /** It got the call. */
    CHOSEN,
    /** It could have had the call; another one was better, or had the luck. */
    PASSED_OVER,
    /** It could not have it. */
    RULED_OUT
  }

  /**
   * A place in a script.
   *
   * @param block its number in its tag, from 1
   * @param line of the script, from 1
   */
  public record Place(String tag, int block, int line) {}
}
