package dev.funless.core.sink;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** An HTTP server that answers as its test says. */
final class Receiver {

  record Received(String method, String path, Map<String, String> headers, Buffer body) {}

  final List<Received> received = new CopyOnWriteArrayList<>();
  final HttpServer server;

  volatile BiConsumer<HttpServerRequest, Buffer> behaviour =
      (request, _) -> request.response().setStatusCode(201).end("{\"ok\":true}");

  Receiver(Vertx vertx) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              received.add(
                                  new Received(
                                      request.method().name(),
                                      request.uri(),
                                      headers(request),
                                      body));
                              behaviour.accept(request, body);
                            }))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  private static Map<String, String> headers(HttpServerRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(headers::put);
    return headers;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  void answers(int status, String body) {
    behaviour = (request, _) -> request.response().setStatusCode(status).end(body);
  }
}
