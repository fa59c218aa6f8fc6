package dev.funless.engine;

import static dev.funless.engine.Outcome.Reason.ANSWER_TOO_LARGE;
import static dev.funless.engine.Outcome.Reason.DEADLINE;
import static dev.funless.engine.Outcome.Reason.INTERNAL;
import static dev.funless.engine.Outcome.Reason.TRAP;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.funless.engine.abi.AnswerTooLarge;
import dev.funless.engine.abi.GuestStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was thrown out of a guest, as an outcome: whose fault it is, and how to say it. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private static final int REASON_CHARACTERS = 200;

  private Failures() {}

  /**
   * @param stop why the call was stopped; null where it was not
   */
  static Outcome of(Throwable thrown, RunningCall.Stop stop, LoadedFunction function, String log) {
    return switch (thrown) {
      case GuestStopped _ -> stopped(stop, log);
      case ChicoryInterruptedException _ -> stopped(stop, log);
      case AnswerTooLarge _ ->
          failed(ANSWER_TOO_LARGE, "The function's answer is larger than its limit.", log);
      case StackOverflowError _ -> exhausted(log);
      case ChicoryException e when e.getCause() instanceof StackOverflowError -> exhausted(log);
      case ChicoryException e -> failed(TRAP, "The function trapped: " + reason(e) + ".", log);
      case OutOfMemoryError _ ->
          failed(INTERNAL, "The node ran out of memory while the function ran.", log);
      default -> ofEngine(thrown, function, log);
    };
  }

  static Outcome ofEngine(Throwable thrown, LoadedFunction function, String log) {
    if (function.firstEngineFailure()) {
      LOG.error(
          "The engine failed in a call; further failures of this function are not logged", thrown);
    }
    return failed(INTERNAL, "The engine failed: " + thrown.getClass().getSimpleName() + ".", log);
  }

  private static Outcome stopped(RunningCall.Stop stop, String log) {
    return switch (stop) {
      case DEADLINE -> failed(DEADLINE, "The function did not end before its deadline.", log);
      case CLOSED -> failed(INTERNAL, "The node was stopped while the function ran.", log);
      case null -> failed(INTERNAL, "The function was interrupted.", log);
    };
  }

  private static Outcome exhausted(String log) {
    return failed(TRAP, "The function trapped: call stack exhausted.", log);
  }

  private static Outcome failed(Outcome.Reason reason, String message, String log) {
    return new Outcome.Failed(reason, message, log);
  }

  private static String reason(ChicoryException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return line.length() > REASON_CHARACTERS ? line.substring(0, REASON_CHARACTERS) : line;
  }
}
