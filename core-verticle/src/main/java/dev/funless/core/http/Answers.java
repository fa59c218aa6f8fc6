package dev.funless.core.http;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers; the one place that maps failures to HTTP statuses. */
final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence ERROR_CODE = HttpHeaders.createOptimized("Funless-Error");
  private static final Buffer DATA = Buffer.buffer("{\"data\":");
  private static final Buffer LOGS = Buffer.buffer(",\"logs\":");
  private static final Buffer DECISIONS = Buffer.buffer(",\"decisions\":");
  private static final int RETRY_AFTER_SECONDS = 1;

  private Answers() {}

  static void data(RoutingContext request, int status, Object data) {
    send(request, status, new JsonObject().put("data", data));
  }

  /** As {@link #data}, of JSON that is known to be valid; what was asked for beside it. */
  static void rawData(
      RoutingContext request, byte[] json, Optional<String> log, Optional<JsonArray> decisions) {
    Buffer body =
        Buffer.buffer(DATA.length() + json.length + 1).appendBuffer(DATA).appendBytes(json);
    log.ifPresent(text -> body.appendBuffer(LOGS).appendBuffer(Json.encodeToBuffer(text)));
    decisions.ifPresent(list -> body.appendBuffer(DECISIONS).appendBuffer(list.toBuffer()));
    send(request, 200, body.appendByte((byte) '}'));
  }

  static JsonObject named(String name) {
    return new JsonObject().put("name", name);
  }

  static JsonArray named(Collection<String> names) {
    JsonArray list = new JsonArray();
    names.forEach(name -> list.add(named(name)));
    return list;
  }

  static void none(RoutingContext request) {
    request.response().setStatusCode(204).end();
  }

  static void failure(RoutingContext request, Throwable cause) {
    switch (cause) {
      case FailureException expected -> failure(request, expected.failure());
      case InvalidField invalid -> {
        request.response().putHeader(ERROR_CODE, "invalid");
        send(request, 422, errors(invalid.field, new JsonArray().add(invalid.getMessage())));
      }
      case HttpClosedException _ -> log.debug("A caller left before it had its answer");
      default -> {
        log.error("{} {} failed", request.request().method(), request.request().path(), cause);
        failure(
            request,
            new Failure(Category.INTERNAL, "internal", "The core failed; its log says why."));
      }
    }
  }

  static void failure(RoutingContext request, Failure failure) {
    failure(request, failure, Optional.empty(), Optional.empty());
  }

  /** Log and decisions are those of the call that failed, where they were asked for. */
  static void failure(
      RoutingContext request,
      Failure failure,
      Optional<String> log,
      Optional<JsonArray> decisions) {
    HttpServerResponse response = request.response();
    if (response.headWritten()) {
      response.reset();
      return;
    }
    response.putHeader(ERROR_CODE, failure.code());
    int status =
        switch (failure.category()) {
          case MALFORMED -> 400;
          case UNAUTHORIZED -> {
            response.putHeader("WWW-Authenticate", "Bearer");
            yield 401;
          }
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case TOO_LARGE -> 413;
          case INVALID, FUNCTION_FAILED -> 422;
          case PRECONDITION_FAILED -> 412;
          case LIMITED -> {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER_SECONDS));
            yield 429;
          }
          case WORKER_LOST -> 502;
          case BUSY, UNAVAILABLE -> {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER_SECONDS));
            yield 503;
          }
          case DEADLINE -> 504;
          case INTERNAL -> 500;
        };
    JsonObject body = errors("detail", failure.detail());
    log.ifPresent(text -> body.put("logs", text));
    decisions.ifPresent(list -> body.put("decisions", list));
    send(request, status, body);
  }

  private static JsonObject errors(String field, Object value) {
    return new JsonObject().put("errors", new JsonObject().put(field, value));
  }

  private static void send(RoutingContext request, int status, JsonObject body) {
    send(request, status, body.toBuffer());
  }

  private static void send(RoutingContext request, int status, Buffer body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (status >= 400 && !request.request().isEnded()) {
      // What is left of the request is not read, so the connection cannot be used again.
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }
}
