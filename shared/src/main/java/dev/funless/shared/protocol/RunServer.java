package dev.funless.shared.protocol;

import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunBatch;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.RunResults;
import dev.funless.shared.protocol.message.RunResults.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what {@link RunClient} sends: each call with a result or a failure, whatever its handler
 * does.
 */
public final class RunServer {

  private static final Logger log = LoggerFactory.getLogger(RunServer.class);

  private final Bus bus;
  private final Function<RunRequest, Future<RunAnswer>> handler;
  private final Outbox<Result> outbox;

  private RunServer(Context context, Bus bus, Function<RunRequest, Future<RunAnswer>> handler) {
    this.bus = bus;
    this.handler = handler;
    this.outbox =
        new Outbox<>(
            new Loop(context),
            result -> size(result.answer()),
            (coreId, results) -> send(coreId, List.copyOf(results)));
  }

  /**
   * Serves a worker's calls until the registration is closed.
   *
   * @param context of the event loop that sends the answers
   * @param handler called where this was called from
   */
  public static Bus.Registration serve(
      Context context, Bus bus, String workerId, Function<RunRequest, Future<RunAnswer>> handler) {
    RunServer server = new RunServer(context, bus, handler);
    return bus.listen(Addresses.runs(workerId), server::take);
  }

  private void take(RunBatch batch) {
    for (RunBatch.Run run : batch.runs()) {
      Bus.called(handler, run.request())
          .onComplete(
              done ->
                  outbox.add(
                      batch.coreId(),
                      new Result(
                          run.number(),
                          done.succeeded() ? done.result() : failed(run, done.cause()))));
    }
  }

  private static RunAnswer failed(RunBatch.Run run, Throwable cause) {
    return RunAnswer.failed(Bus.failure("run " + run.request().function().id(), cause));
  }

  /** Near enough for a batch: a log is ASCII for the most part. */
  private static int size(RunAnswer answer) {
    return answer.json().length + answer.log().map(String::length).orElse(0);
  }

  private void send(String coreId, List<Result> results) {
    bus.tell(Addresses.results(coreId), new RunResults(results))
        .onFailure(e -> log.info("Core {} did not take answers: {}", coreId, e.toString()));
  }
}
