package dev.funless.launcher;

import dev.funless.launcher.Http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the launcher asks of a core over REST. A question that gets no useful answer is a {@link
 * LaunchException} whose message says what was asked and what came.
 */
final class CoreClient {

  private static final int ATTEMPT_PAUSE_MILLIS = 250;

  private final Http http;
  private final int port;
  private final Tokens tokens;

  CoreClient(Http http, int port, Tokens tokens) {
    this.http = http;
    this.port = port;
    this.tokens = tokens;
  }

  /** The names of the workers that this core sees. */
  Set<String> workers(Duration bound) throws LaunchException, InterruptedException {
    String path = "/v1/workers";
    Reply reply = send(request(path, tokens.admin()).GET(), path, bound);
    require(reply.status() == 200, path, reply);
    try {
      return new Json(reply.body())
              .member("data")
              .orElseThrow(() -> new IllegalArgumentException("no data"))
              .elements()
              .stream()
              .flatMap(worker -> worker.member("name").stream())
              .map(Json::string)
              .collect(Collectors.toUnmodifiableSet());
    } catch (IllegalArgumentException e) {
      throw unexpected(path, reply);
    }
  }

  /** Whether the function exists in module {@code _}. */
  boolean hasFunction(String name, Duration bound) throws LaunchException, InterruptedException {
    String path = "/v1/fn/_/" + name;
    Reply reply = send(request(path, tokens.guest()).GET(), path, bound);
    require(reply.status() == 200 || reply.status() == 404, path, reply);
    return reply.status() == 200;
  }

  /** Creates the function in module {@code _}; fine too where somebody was faster. */
  void create(String name, byte[] code, Duration bound)
      throws LaunchException, InterruptedException {
    String path = "/v1/fn/_";
    String boundary = "funless-up-" + Long.toHexString(System.nanoTime());
    Reply reply =
        send(
            request(path, tokens.guest())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(multipart(boundary, name, code))),
            path,
            bound);
    require(reply.status() / 100 == 2 || reply.status() == 409, path, reply);
  }

  /**
   * Invokes a function of module {@code _} and answers its JSON as it came. A core that has no
   * worker for it yet is asked again until the bound passes.
   */
  String invoke(String name, String arguments, Duration bound)
      throws LaunchException, InterruptedException {
    String path = "/v1/fn/_/" + name;
    Deadline deadline = Deadline.in(bound);
    while (true) {
      Reply reply =
          send(
              request(path, tokens.guest())
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"args\":" + arguments + "}")),
              path,
              deadline.left());
      if (reply.status() == 503 && !deadline.passed()) {
        Thread.sleep(ATTEMPT_PAUSE_MILLIS);
        continue;
      }
      require(reply.status() == 200, path, reply);
      try {
        return new Json(reply.body()).member("data").orElseThrow().text();
      } catch (IllegalArgumentException | NoSuchElementException e) {
        throw unexpected(path, reply);
      }
    }
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(Http.uri(port, path))
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest.Builder request, String path, Duration bound)
      throws LaunchException, InterruptedException {
    try {
      return http.send(request.build(), bound);
    } catch (IOException e) {
      throw new LaunchException(
          "The core on port " + port + " did not answer " + path + ": " + e.getMessage() + ".", e);
    }
  }

  private void require(boolean fine, String path, Reply reply) throws LaunchException {
    if (!fine) {
      throw unexpected(path, reply);
    }
  }

  private LaunchException unexpected(String path, Reply reply) {
    if (reply.status() == 401) {
      return new LaunchException.TokenRefused(
          "The core on port %d refuses a token of the token file; bring the right file back, or begin"
                  .formatted(port)
              + " anew with another --data.");
    }
    return new LaunchException(
        "The core on port %d answered %s with %d: %s"
            .formatted(port, path, reply.status(), oneLine(reply.body())));
  }

  private static String oneLine(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }

  private static byte[] multipart(String boundary, String name, byte[] code) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(code.length + 512);
    String head =
        """
        --BOUNDARY
        Content-Disposition: form-data; name="name"

        NAME
        --BOUNDARY
        Content-Disposition: form-data; name="code"; filename="NAME.wasm"
        Content-Type: application/wasm

        """;
    body.writeBytes(lines(head, boundary, name));
    body.writeBytes(code);
    body.writeBytes(lines("\n--BOUNDARY--\n", boundary, name));
    return body.toByteArray();
  }

  private static byte[] lines(String text, String boundary, String name) {
    return text.replace("BOUNDARY", boundary)
        .replace("NAME", name)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
