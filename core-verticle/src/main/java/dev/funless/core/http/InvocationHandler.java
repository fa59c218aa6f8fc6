package dev.funless.core.http;

import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** {@code POST /v1/fn/:module/:function}: invokes a function. */
final class InvocationHandler {

  private static final CharSequence INVOCATION = HttpHeaders.createOptimized("Funless-Invocation");
  private static final CharSequence WORKER = HttpHeaders.createOptimized("Funless-Worker");

  private final Function<InvokeRequest, Future<InvokeAnswer>> scheduler;
  private final int maxBodyBytes;

  /**
   * @param scheduler sees an invocation through; keeps its deadline, so always answers
   */
  InvocationHandler(Function<InvokeRequest, Future<InvokeAnswer>> scheduler, int maxBodyBytes) {
    this.scheduler = scheduler;
    this.maxBodyBytes = maxBodyBytes;
  }

  void invoke(RoutingContext request) {
    JsonBody.read(request.request(), maxBodyBytes)
        .compose(
            body -> {
              InvocationBody parts = InvocationBody.parse(body.getBytes());
              return scheduler.apply(
                  new InvokeRequest(
                      newId(),
                      Paths.function(request),
                      parts.args(),
                      parts.scheduling(),
                      isWanted(request, "logs"),
                      isWanted(request, "explain")));
            })
        .onSuccess(answer -> answer(request, answer))
        .onFailure(e -> Answers.failure(request, e));
  }

  private static void answer(RoutingContext request, InvokeAnswer answer) {
    request.response().putHeader(INVOCATION, answer.invocationId());
    if (!answer.worker().isEmpty()) {
      request.response().putHeader(WORKER, answer.worker());
    }
    Optional<JsonArray> decisions =
        isWanted(request, "explain")
            ? Optional.of(DecisionHandlers.json(answer.decisions()))
            : Optional.empty();
    answer
        .failure()
        .ifPresentOrElse(
            failure -> Answers.failure(request, failure, answer.log(), decisions),
            () -> Answers.rawData(request, answer.json(), answer.log(), decisions));
  }

  /** As {@code ?logs=true}; parameters that nobody knows are passed over. */
  private static boolean isWanted(RoutingContext request, String parameter) {
    List<String> values = Queries.values(request, parameter);
    if (values.isEmpty() || values.equals(List.of("false"))) {
      return false;
    }
    if (values.equals(List.of("true"))) {
      return true;
    }
    throw JsonBody.malformed(parameter + " must be given once, as true or false.");
  }

  /** A random UUID (RFC 9562, version 4); it names an invocation and protects nothing. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
