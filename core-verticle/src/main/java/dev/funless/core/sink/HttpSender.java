package dev.funless.core.sink;

import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Posts JSON over HTTP, and looks who is there. Follows no redirects. Thread-safe. */
final class HttpSender {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final int CONNECTIONS_PER_HOST = 16;
  private static final int WAITING_PER_HOST = 1_000;

  /** How much of an answer is read before the connection is given up. */
  private static final int MAX_ANSWER = 64 * 1024;

  /** How much of an answer that is no success is shown. */
  private static final int SHOWN = 200;

  /**
   * Where to.
   *
   * @param ca whom its certificate must come from; by default somebody whom Java trusts
   */
  record Server(URI url, Optional<Certificates> ca) {}

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Duration patience;

  HttpSender(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_HOST)
                .setMaxWaitQueueSize(WAITING_PER_HOST));
  }

  /** Fails with a sentence where the status is none that is asked for. */
  Future<Void> post(
      Server server, Map<String, String> headers, Buffer json, IntPredicate isSuccess) {
    RequestOptions options =
        to(server, headers)
            .setMethod(HttpMethod.POST)
            .putHeader("Content-Type", "application/json");
    return answer(options, request -> request.send(json))
        .compose(
            answer ->
                isSuccess.test(answer.status())
                    ? Future.succeededFuture()
                    : Future.failedFuture(answer.sentence()));
  }

  /** Gives the status. */
  Future<Integer> get(Server server, Map<String, String> headers) {
    return answer(to(server, headers), HttpClientRequest::send).map(Answer::status);
  }

  /** Makes a connection, over TLS where the URL says so, and sends nothing. */
  Future<Void> connect(Server server) {
    RequestOptions there = to(server, Map.of());
    return client
        .connect(
            new HttpConnectOptions()
                .setHost(there.getHost())
                .setPort(there.getPort())
                .setSsl(there.isSsl())
                .setSslOptions(there.getSslOptions())
                .setConnectTimeout(CONNECT_MILLIS))
        .compose(HttpClientConnection::close);
  }

  private static RequestOptions to(Server server, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(server.url.toASCIIString())
            .setConnectTimeout(CONNECT_MILLIS);
    headers.forEach(options::putHeader);
    server.ca.ifPresent(ca -> options.setSslOptions(Tls.options(Optional.of(ca))));
    return options;
  }

  private Future<Answer> answer(
      RequestOptions options, Function<HttpClientRequest, Future<HttpClientResponse>> send) {
    return client
        .request(options)
        .compose(
            request -> {
              // Also where the receiver answers drop by drop.
              long timer = vertx.setTimer(patience.toMillis(), _ -> request.reset());
              return send.apply(request)
                  .compose(response -> read(request, response))
                  .onComplete(_ -> vertx.cancelTimer(timer));
            });
  }

  private record Answer(int status, String start) {

    String sentence() {
      return "It answered " + status + (start.isBlank() ? "." : ": " + start.strip());
    }
  }

  /** An answer that is cut off says nothing for certain, whatever its status. */
  private static Future<Answer> read(HttpClientRequest request, HttpClientResponse response) {
    Promise<Answer> answer = Promise.promise();
    Buffer start = Buffer.buffer();
    int[] read = {0};
    response.handler(
        chunk -> {
          read[0] += chunk.length();
          if (start.length() < SHOWN) {
            start.appendBuffer(chunk.slice(0, Math.min(chunk.length(), SHOWN - start.length())));
          }
          if (read[0] > MAX_ANSWER) {
            answer.tryComplete(answer(response, start));
            request.reset();
          }
        });
    response.exceptionHandler(answer::tryFail);
    response.endHandler(_ -> answer.tryComplete(answer(response, start)));
    return answer.future();
  }

  private static Answer answer(HttpClientResponse response, Buffer start) {
    return new Answer(response.statusCode(), start.toString(StandardCharsets.UTF_8));
  }
}
