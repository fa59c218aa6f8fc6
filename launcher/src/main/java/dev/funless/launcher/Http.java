package dev.funless.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to nodes on this machine, past any proxy. Thread-safe. */
final class Http implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** What a node answered. */
  record Reply(int status, String body) {}

  static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /**
   * Sends and waits for the whole answer, no longer than {@code bound}: the client's own timeout
   * ends with the headers, and a node may freeze behind them.
   */
  Reply send(HttpRequest request, Duration bound) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> reply =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      HttpResponse<String> response = reply.get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + bound.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      reply.cancel(true);
    }
  }

  /** Whether the node on this port says that it serves. */
  boolean ready(int port, Duration bound) throws InterruptedException {
    try {
      return send(HttpRequest.newBuilder(uri(port, "/v1/ready")).build(), bound).status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
