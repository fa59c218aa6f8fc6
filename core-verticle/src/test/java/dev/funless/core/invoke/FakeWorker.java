package dev.funless.core.invoke;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.RunServer;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Records what it is sent, and answers as the test says. */
final class FakeWorker {

  static final Failure BUSY = new Failure(Category.BUSY, "busy", "Full.");

  final String id;
  final List<RunRequest> requests = new CopyOnWriteArrayList<>();

  /** Set before the first request. */
  volatile Function<RunRequest, Future<RunAnswer>> behaviour = _ -> answer("1");

  FakeWorker(String id) {
    this.id = id;
  }

  Bus.Registration serve(Context context, Bus bus) {
    return RunServer.serve(
        context,
        bus,
        id,
        request -> {
          requests.add(request);
          return behaviour.apply(request);
        });
  }

  FakeWorker failing(Failure failure) {
    behaviour = _ -> Future.failedFuture(failure.exception());
    return this;
  }

  /** Answers nothing until the promise is completed. */
  Promise<RunAnswer> pending() {
    Promise<RunAnswer> promise = Promise.promise();
    behaviour = _ -> promise.future();
    return promise;
  }

  static Future<RunAnswer> answer(String json) {
    return Future.succeededFuture(RunAnswer.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
