package dev.funless.tests.system;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks one node over HTTP. Thread-safe. */
final class Client {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** The file that the first core writes. */
  record Tokens(String admin, String guest) {

    static Tokens read(Path file) {
      try {
        String text = Files.readString(file);
        return new Tokens(line(text, "Admin="), line(text, "Guest="));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String line(String text, String key) {
      return text.lines()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * @param status 0 where no answer came
   */
  record Answer(int status, Optional<HttpHeaders> headers, String body) {

    JsonObject json() {
      return new JsonObject(body);
    }

    /** The value of {@code data}. */
    Object data() {
      return json().getValue("data");
    }

    JsonObject object() {
      return json().getJsonObject("data");
    }

    JsonArray array() {
      return json().getJsonArray("data");
    }

    String detail() {
      return json().getJsonObject("errors").getString("detail");
    }

    /** What the function printed. */
    String logs() {
      return json().getString("logs");
    }

    /** A header, or the empty text. */
    String header(String name) {
      return headers.flatMap(all -> all.firstValue(name)).orElse("");
    }

    String worker() {
      return header("Funless-Worker");
    }

    /** The stable code of a failure. */
    String error() {
      return header("Funless-Error");
    }
  }

  private final String base;
  private final Map<String, String> headers;

  private Client(String base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /** Without a token. */
  static Client of(int port) {
    return new Client("http://127.0.0.1:" + port, Map.of());
  }

  Client with(String token) {
    return withAuthorization("Bearer " + token);
  }

  Client withAuthorization(String header) {
    return withHeader("Authorization", header);
  }

  Client withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Client(base, more);
  }

  Answer get(String path) {
    return send(request("GET", path, BodyPublishers.noBody()));
  }

  Answer delete(String path) {
    return send(request("DELETE", path, BodyPublishers.noBody()));
  }

  Answer post(String path, String json) {
    return send(json("POST", path, json));
  }

  Answer put(String path, String json) {
    return send(json("PUT", path, json));
  }

  Answer post(String path, Form form) {
    return send(form("POST", path, form));
  }

  Answer put(String path, Form form) {
    return send(form("PUT", path, form));
  }

  /** Sends the body as it is. */
  Answer post(String path, String contentType, BodyPublisher body) {
    return send(request("POST", path, body).header("Content-Type", contentType));
  }

  /** Invokes a function of the module {@code _}. */
  Answer invoke(String function, JsonObject args) {
    return post("/v1/fn/_/" + function, new JsonObject().put("args", args).encode());
  }

  /** The same, with a scheduling of the request's own. */
  Answer invoke(String function, JsonObject args, JsonObject scheduling) {
    return post("/v1/fn/_/" + function, body(args, scheduling).encode());
  }

  CompletableFuture<Answer> invokeLater(String function, JsonObject args) {
    return postLater(function, new JsonObject().put("args", args));
  }

  /** The same, with a scheduling of the request's own. */
  CompletableFuture<Answer> invokeLater(String function, JsonObject args, JsonObject scheduling) {
    return postLater(function, body(args, scheduling));
  }

  private static JsonObject body(JsonObject args, JsonObject scheduling) {
    return new JsonObject().put("args", args).put("scheduling", scheduling);
  }

  private CompletableFuture<Answer> postLater(String function, JsonObject body) {
    return HTTP.sendAsync(
            json("POST", "/v1/fn/_/" + function, body.encode()).build(), BodyHandlers.ofString())
        .thenApply(Client::answer);
  }

  /** Creates a function of the module {@code _} from an example, and sees that this worked. */
  void deploy(String name, String example) {
    deploy(name, Form.of(name, Checkout.wasm(example)));
  }

  void deploy(String name, Form form) {
    Answer answer = post("/v1/fn/_", form);
    if (answer.status() != 201 || answer.object().containsKey("workers_not_ready")) {
      throw new AssertionError("deploying " + name + " gave " + answer);
    }
  }

  /** Stores a configuration script, and sees that this worked. */
  void store(String name, String script) {
    Answer answer = post("/v1/scripts/app", Form.script(name, script));
    if (answer.status() != 201) {
      throw new AssertionError("storing " + name + " gave " + answer);
    }
  }

  private HttpRequest.Builder json(String method, String path, String json) {
    return request(method, path, BodyPublishers.ofString(json))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json");
  }

  private HttpRequest.Builder form(String method, String path, Form form) {
    return request(method, path, BodyPublishers.ofByteArray(form.bytes()))
        .header("Content-Type", Form.CONTENT_TYPE);
  }

  private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).method(method, body);
    headers.forEach(request::header);
    return request;
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      return answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      return new Answer(0, Optional.empty(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    Answer answer =
        new Answer(response.statusCode(), Optional.of(response.headers()), response.body());
    ApiContract.check(response.request().method(), response.uri().getRawPath(), answer);
    return answer;
  }
}
