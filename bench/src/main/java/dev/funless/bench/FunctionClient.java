package dev.funless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deploys the function {@code bench} and looks at its answer, before any load. */
final class FunctionClient implements AutoCloseable {

  static final String MODULE_PATH = "/v1/fn/_";
  static final String FUNCTION_PATH = "/v1/fn/_/bench";
  static final String ARGUMENTS = "{\"args\":{\"name\":\"bench\"}}";

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String BOUNDARY = "funless-bench-boundary";

  private static final Pattern ENDED_WELL =
      Pattern.compile(
          "^funless_invocations_seconds_count\\{function=\"_/bench\",(?:[^}]*,)?outcome=\"ok\"[^}]*}"
              + " (\\S+)",
          Pattern.MULTILINE);

  /** Headers that the transport sets, not the one who answers. */
  private static final List<String> TRANSPORT = List.of("content-length", "connection", "date");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();
  private final Platform platform;

  FunctionClient(Platform platform) {
    this.platform = platform;
  }

  /**
   * The answer that every invocation must give.
   *
   * @param headers the headers beside those of the transport, which the hello sends too
   */
  record Answer(String body, Map<String, String> headers) {}

  /** Creates the function, or replaces it where the platform has it already. */
  void deploy(byte[] module) throws IOException, InterruptedException {
    deploy(module, Optional.empty());
  }

  /**
   * As {@link #deploy(byte[])}, with events, all of which must connect.
   *
   * @param events JSON
   */
  void deploy(byte[] module, Optional<String> events) throws IOException, InterruptedException {
    byte[] form = form(module, events);
    int created = upload("POST", MODULE_PATH, form, List.of(201, 409));
    if (created == 409) {
      upload("PUT", FUNCTION_PATH, form, List.of(200));
    }
  }

  /** How many invocations of the function have ended well, by the core's own count. */
  long endedWell() throws IOException, InterruptedException {
    HttpRequest request = request("/metrics").GET().build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() != 200) {
      throw unexpected(request, response);
    }
    Matcher count = ENDED_WELL.matcher(response.body());
    return count.find() ? Math.round(Double.parseDouble(count.group(1))) : 0;
  }

  /** Invokes twice: a function whose answers differ cannot be checked byte for byte. */
  Answer invoke() throws IOException, InterruptedException {
    HttpResponse<String> first = invokeOnce();
    HttpResponse<String> second = invokeOnce();
    if (!first.body().equals(second.body())) {
      throw new IOException(
          "two invocations gave different answers: %s and %s"
              .formatted(first.body(), second.body()));
    }
    Map<String, String> headers = new TreeMap<>();
    second
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!TRANSPORT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values.getFirst());
              }
            });
    return new Answer(second.body(), headers);
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpResponse<String> invokeOnce() throws IOException, InterruptedException {
    HttpRequest request =
        request(FUNCTION_PATH)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ARGUMENTS))
            .build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() != 200 || !response.body().startsWith("{\"data\":")) {
      throw unexpected(request, response);
    }
    return response;
  }

  private int upload(String method, String path, byte[] form, List<Integer> expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .method(method, BodyPublishers.ofByteArray(form))
            .build();
    HttpResponse<String> response = send(request);
    if (!expected.contains(response.statusCode())) {
      throw unexpected(request, response);
    }
    return response.statusCode();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException("%s %s failed: %s".formatted(request.method(), request.uri(), e), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(platform.core() + path))
        .timeout(DEADLINE)
        .header("Authorization", "Bearer " + platform.token());
  }

  private static byte[] form(byte[] module, Optional<String> events) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(part("name\"", "text/plain"));
    form.writeBytes("bench".getBytes(UTF_8));
    if (events.isPresent()) {
      form.writeBytes(part("events\"", "application/json"));
      form.writeBytes(events.get().getBytes(UTF_8));
    }
    form.writeBytes(part("code\"; filename=\"bench.wasm\"", "application/wasm"));
    form.writeBytes(module);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return form.toByteArray();
  }

  private static byte[] part(String name, String type) {
    return """
    \r
    --%s\r
    Content-Disposition: form-data; name="%s\r
    Content-Type: %s\r
    \r
    """
        .formatted(BOUNDARY, name, type)
        .getBytes(UTF_8);
  }

  private static IOException unexpected(HttpRequest request, HttpResponse<String> response) {
    return new IOException(
        "%s %s was answered with %d %s"
            .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
  }
}
