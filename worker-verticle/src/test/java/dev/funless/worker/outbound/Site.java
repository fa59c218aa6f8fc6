package dev.funless.worker.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.funless.engine.OutboundHttp;
import dev.funless.engine.OutboundHttp.Answer;
import dev.funless.engine.OutboundHttp.Header;
import dev.funless.engine.OutboundHttp.Request;
import dev.funless.shared.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ClientSSLOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers on loopback and calls to them; closes both. */
final class Site implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final Vertx vertx = Vertx.vertx();
  final AtomicInteger connectionsOpened = new AtomicInteger();
  final AtomicInteger connectionsOpen = new AtomicInteger();

  private final List<HttpCalls> made = new ArrayList<>();

  /** Starts a server on 127.0.0.1; returns its port. */
  int serve(Handler<HttpServerRequest> handler) {
    return serve("127.0.0.1", 0, new HttpServerOptions(), handler);
  }

  int serve(
      String address, int port, HttpServerOptions options, Handler<HttpServerRequest> handler) {
    return await(
            vertx
                .createHttpServer(options)
                .connectionHandler(
                    connection -> {
                      connectionsOpened.incrementAndGet();
                      connectionsOpen.incrementAndGet();
                      connection.closeHandler(_ -> connectionsOpen.decrementAndGet());
                    })
                .requestHandler(handler)
                .listen(port, address))
        .actualPort();
  }

  OutboundHttp calls(String... allowedHosts) {
    return calls(Map.of(), InetAddress::getAllByName, new ClientSSLOptions(), allowedHosts);
  }

  OutboundHttp calls(Map<String, String> settings, String... allowedHosts) {
    return calls(settings, InetAddress::getAllByName, new ClientSSLOptions(), allowedHosts);
  }

  OutboundHttp calls(Names.Resolver resolver, String... allowedHosts) {
    return calls(Map.of(), resolver, new ClientSSLOptions(), allowedHosts);
  }

  OutboundHttp calls(
      Map<String, String> settings,
      Names.Resolver resolver,
      ClientSSLOptions certificates,
      String... allowedHosts) {
    var calls =
        new HttpCalls(vertx, OutboundConfig.read(Settings.of(settings)), resolver, certificates);
    made.add(calls);
    return calls.forFunction(List.of(allowedHosts));
  }

  static Request get(String uri, Header... headers) {
    return request("GET", uri, "", headers);
  }

  static Request request(String method, String uri, String body, Header... headers) {
    return new Request(
        method,
        uri,
        List.of(headers),
        body.getBytes(UTF_8),
        65_536,
        System.nanoTime() + PATIENCE.toNanos());
  }

  static Request within(Duration time, Request request) {
    return new Request(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.maxAnswerBytes(),
        System.nanoTime() + time.toNanos());
  }

  static Request atMost(int bytes, Request request) {
    return new Request(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        bytes,
        request.deadlineNanos());
  }

  static String text(Answer answer) {
    return new String(answer.body(), UTF_8);
  }

  static String failure(OutboundHttp calls, Request request) throws InterruptedException {
    try {
      return "no failure but status " + calls.send(request).status();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Override
  public void close() {
    made.forEach(calls -> Site.await(calls.close()));
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
