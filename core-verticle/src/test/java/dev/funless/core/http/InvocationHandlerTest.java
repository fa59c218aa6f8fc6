package dev.funless.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Place;
import dev.funless.shared.protocol.message.Decision.Verdict;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler behind a real HTTP server; the test is the scheduler. */
class InvocationHandlerTest {

  private static final Decision DECISION =
      new Decision(
          "i",
          0,
          "core1",
          "{\"language\":\"app\",\"script\":\"s\"}",
          Optional.of("w"),
          "best-first: number 1",
          List.of(
              new Verdict("v", Outcome.RULED_OUT, "no", Optional.of(new Place("t", 2, 5))),
              new Verdict("w", Outcome.CHOSEN, "best-first: number 1", Optional.empty())));

  private static final String PRINTED = "first\n\"second\" \\ é😀\u0000\u001b[31m\n";

  private final List<InvokeRequest> requests = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Optional<Failure> failure = Optional.empty();
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    Router router = Router.router(vertx);
    InvocationHandler handler = new InvocationHandler(this::scheduled, 1_000);
    router.post("/v1/fn/:module/:function").handler(handler::invoke);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Future<InvokeAnswer> scheduled(InvokeRequest request) {
    requests.add(request);
    byte[] json = (failure.isPresent() ? "" : "{\"a\": 1}").getBytes(StandardCharsets.UTF_8);
    Optional<String> log = request.withLog() ? Optional.of(PRINTED) : Optional.empty();
    return Future.succeededFuture(
        new InvokeAnswer(
            request.invocationId(),
            "w",
            json,
            failure,
            log,
            request.explain() ? List.of(DECISION) : List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?logs=false", "?log=true", "?x=%2F&y"})
  void theAnswerIsTheDataAloneWhereNobodyAsksForTheLog(String query) throws Exception {
    HttpResponse<String> response = post(query);

    assertEquals(200, response.statusCode());
    assertEquals("{\"data\":{\"a\": 1}}", response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?logs=true", "?x=1&logs=true", "?logs=%74rue"})
  void theLogStandsBesideTheDataWhereItIsAskedFor(String query) throws Exception {
    HttpResponse<String> response = post(query);

    assertEquals(200, response.statusCode());
    assertTrue(response.body().startsWith("{\"data\":{\"a\": 1},\"logs\":\""), response.body());
    assertEquals(PRINTED, new JsonObject(response.body()).getString("logs"));
    assertEquals(
        requests.getLast().invocationId(),
        response.headers().firstValue("Funless-Invocation").orElseThrow());
  }

  @Test
  void theLogStandsBesideTheErrorsOfACallThatFailed() throws Exception {
    failure = Optional.of(new Failure(Category.FUNCTION_FAILED, "trap", "Error: it trapped."));

    HttpResponse<String> response = post("?logs=true");

    assertEquals(422, response.statusCode());
    assertEquals("trap", response.headers().firstValue("Funless-Error").orElseThrow());
    assertEquals(
        new JsonObject()
            .put("errors", new JsonObject().put("detail", "Error: it trapped."))
            .put("logs", PRINTED),
        new JsonObject(response.body()));
    assertEquals(
        "{\"errors\":{\"detail\":\"Error: it trapped.\"}}",
        post("").body(),
        "unless it is asked for");
  }

  @Test
  void theDecisionsStandBesideTheDataWhereTheyAreAskedFor() throws Exception {
    String decisions =
        """
        [{"invocation":"i","time":"1970-01-01T00:00:00Z","core":"core1",\
        "scheduling":{"language":"app","script":"s"},"worker":"w","reason":"best-first: number 1",\
        "workers":[{"worker":"v","outcome":"ruled_out","reason":"no","tag":"t","block":2,"line":5},\
        {"worker":"w","outcome":"chosen","reason":"best-first: number 1"}]}]\
        """;

    assertEquals(
        "{\"data\":{\"a\": 1},\"decisions\":" + decisions + "}", post("?explain=true").body());
    failure = Optional.of(new Failure(Category.FUNCTION_FAILED, "trap", "Error: it trapped."));
    assertEquals(
        "{\"errors\":{\"detail\":\"Error: it trapped.\"},\"decisions\":" + decisions + "}",
        post("?explain=true").body());
    assertEquals(400, post("?explain=yes").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?logs",
        "?logs=",
        "?logs=1",
        "?logs=TRUE",
        "?logs=true%20",
        "?logs=true&logs=true",
        "?logs=true&logs=false"
      })
  void anythingElseThanTrueOrFalseIsMalformed(String query) throws Exception {
    HttpResponse<String> response = post(query);

    assertEquals(400, response.statusCode());
    assertEquals(
        "{\"errors\":{\"detail\":\"logs must be given once, as true or false.\"}}",
        response.body());
    assertTrue(requests.isEmpty(), "nothing was invoked");
  }

  private HttpResponse<String> post(String query) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/fn/_/f" + query);
    return client.send(
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.ofString());
  }
}
