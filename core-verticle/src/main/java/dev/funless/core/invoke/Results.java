package dev.funless.core.invoke;

import dev.funless.core.sink.Result;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** What of an invocation's end goes to sinks. */
final class Results {

  private Results() {}

  /** Absent where nothing ran: the caller was told to try again, or not to. */
  static Optional<Result> of(FunctionId function, InvokeAnswer answer, Instant endedAt) {
    return answer.failure().isPresent()
        ? answer
            .failure()
            .filter(Results::mayHaveRun)
            .map(failure -> failed(function, answer, failure, endedAt))
        : Optional.of(
            new Result(
                answer.invocationId(),
                function,
                Result.OK,
                new String(answer.json(), StandardCharsets.UTF_8),
                endedAt));
  }

  private static Result failed(
      FunctionId function, InvokeAnswer answer, Failure failure, Instant endedAt) {
    return new Result(
        answer.invocationId(),
        function,
        failure.code(),
        new JsonObject().put("error", failure.detail()).encode(),
        endedAt);
  }

  private static boolean mayHaveRun(Failure failure) {
    return switch (failure.category()) {
      case FUNCTION_FAILED, WORKER_LOST, DEADLINE, INTERNAL -> true;
      case MALFORMED,
          UNAUTHORIZED,
          NOT_FOUND,
          CONFLICT,
          PRECONDITION_FAILED,
          LIMITED,
          TOO_LARGE,
          INVALID,
          BUSY,
          UNAVAILABLE ->
          false;
    };
  }

  /** What the caller gets where the result could not be kept. */
  static InvokeAnswer notKept(InvokeAnswer answer) {
    return new InvokeAnswer(
        answer.invocationId(),
        answer.worker(),
        new byte[0],
        Optional.of(Failures.RESULT_NOT_KEPT),
        answer.log(),
        answer.decisions());
  }
}
