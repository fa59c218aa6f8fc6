package dev.funless.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.auth.Principal;
import dev.funless.core.auth.Principal.Role;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.auth.WrongTokens;
import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.event.EventMetrics;
import dev.funless.core.event.EventState;
import dev.funless.core.event.EventType;
import dev.funless.core.event.EventTypes;
import dev.funless.core.event.StandingEvents;
import dev.funless.core.event.TestCore;
import dev.funless.core.event.http.HttpRoutes;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions' own routes behind a real HTTP server; the test is the scheduler. */
class RouteHandlerTest {

  private static final ConnectorTypes<EventType<?>> TYPES =
      EventTypes.all(TestCore.JSON, Clock.systemUTC(), 1_000);

  private final SortedMap<FunctionId, FunctionDefinition> functions = new TreeMap<>();
  private final List<InvokeRequest> requests = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile String answer = "{}";
  private volatile Optional<Failure> failure = Optional.empty();
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    add(1, "order", "{\"path\":\"/orders/:id\"}");
    add(2, "new", "{\"path\":\"/orders/new\",\"public\":true}");
    add(3, "post", "{\"path\":\"/orders\",\"method\":\"POST\",\"public\":true}");
    add(4, "any", "{\"path\":\"/any/:a/x/:b\",\"method\":\"*\",\"public\":true}");
    add(5, "root", "{\"path\":\"/\",\"public\":true}");
    add(6, "late", "{\"path\":\"/orders/:key\",\"public\":true}");
    HttpRoutes routes = HttpRoutes.of(catalog(), TYPES);
    RouteHandler handler =
        new RouteHandler(
            () -> routes,
            new Access(
                token ->
                    token.equals(TokenHash.of("right"))
                        ? Optional.of(new Principal("guest", Role.USER))
                        : Optional.empty(),
                new WrongTokens()),
            this::scheduled,
            new EventMetrics(meters),
            1_000);
    Router router = Router.router(vertx);
    router.route("/http/*").handler(handler::admit);
    router.route("/http/*").handler(handler::invoke);
    router.errorHandler(500, request -> Answers.failure(request, request.failure()));
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

  private void add(long id, String function, String params) {
    FunctionId name = new FunctionId("_", function);
    functions.put(
        name,
        new FunctionDefinition(
            Specs.of(name, Specs.SHA256, 1),
            FunctionMetadata.NONE,
            Policies.DEFAULT,
            CostExpression.sum(0),
            List.of(new StoredConnector(id, "http", params)),
            List.of()));
  }

  private CatalogSnapshot catalog() {
    return new CatalogSnapshot(
        1, new TreeSet<>(List.of("_")), functions, Map.of(), new TreeMap<>());
  }

  private Future<InvokeAnswer> scheduled(InvokeRequest request) {
    requests.add(request);
    return Future.succeededFuture(
        new InvokeAnswer(
            request.invocationId(),
            "w",
            answer.getBytes(StandardCharsets.UTF_8),
            failure,
            Optional.empty(),
            List.of()));
  }

  private HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(10))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  private JsonObject args() {
    return new JsonObject(new String(requests.getLast().args(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /http/,                  200, root",
    "GET,  /http/orders/new,        200, new",
    "POST, /http/orders,            200, post",
    "PUT,  /http/any/1/x/2,         200, any",
    "GET,  /http/any/1/../1/x/2,    200, any",
    "GET,  /http/orders,            404, ",
    "GET,  /http/orders/,           404, ",
    "GET,  /http/any/1/x,           404, ",
    "GET,  /http/any/1/y/2,         404, ",
    "GET,  /http/nothing,           404, ",
    "GET,  /http/orders/5,          401, ",
    "POST, /http/orders/new,        404, ",
  })
  void findsTheFunction(String method, String path, int status, String function) throws Exception {
    assertEquals(status, send(method, path, BodyPublishers.noBody()).statusCode());
    assertEquals(
        function == null ? List.of() : List.of(function),
        requests.stream().map(request -> request.function().name()).toList());
  }

  @Test
  void needsATokenUnlessItIsPublicAndKeepsItFromTheFunction() throws Exception {
    assertEquals(401, get("/http/orders/7", "Authorization", "Bearer wrong").statusCode());
    assertEquals(200, get("/http/orders/7", "Authorization", "Bearer right").statusCode());
    assertEquals("order", requests.getLast().function().name());
    assertEquals(new JsonObject().put("id", "7"), args().getJsonObject("params"));
    assertTrue(!args().getJsonObject("headers").containsKey("authorization"));

    get("/http/", "Authorization", "Basic eA==");
    assertEquals("Basic eA==", args().getJsonObject("headers").getString("authorization"));
  }

  @Test
  void theOlderOfTwoEqualRoutesHasIt() {
    EventState late = StandingEvents.of(catalog(), TYPES).state(6).orElseThrow();

    assertEquals("failed", late.state());
    assertEquals("The function _/order has GET /orders/:key already.", late.detail());
    assertTrue(StandingEvents.of(catalog(), TYPES).state(1).orElseThrow().isConnected());
  }

  @Test
  void givesTheFunctionTheWholeRequest() throws Exception {
    send(
        "PATCH",
        "/http/any/a%2Fb/x/%C3%A9+?q=1&q=2&r=%20&s",
        BodyPublishers.ofString("höla"),
        "X-Some",
        "v");

    assertEquals("PATCH", args().getString("method"));
    assertEquals(new JsonObject().put("a", "a/b").put("b", "é+"), args().getJsonObject("params"));
    assertEquals(
        new JsonObject().put("q", new JsonArray().add("1").add("2")).put("r", " ").put("s", ""),
        args().getJsonObject("query"));
    assertEquals("v", args().getJsonObject("headers").getString("x-some"));
    assertEquals("höla", args().getString("body"));

    send("POST", "/http/orders", BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0}));
    assertEquals("/wA=", args().getString("body_base64"));
    assertTrue(!args().containsKey("body"));
  }

  @Test
  void anyJsonIsTheBodyOfA200() throws Exception {
    for (String json :
        List.of("[1]", "\"x\"", "{\"status\":200,\"other\":1}", "{\"body\":\"b\"}")) {
      answer = json;
      HttpResponse<String> response = get("/http/");
      assertEquals(200, response.statusCode());
      assertEquals(json, response.body());
      assertEquals("application/json", response.headers().firstValue("content-type").orElse(""));
    }
  }

  @Test
  void theFunctionSaysWhatIsAnswered() throws Exception {
    answer =
        """
        {"status": 418, "headers": {"Content-Type": "text/plain", "X-Two": ["a", "b"],
         "Connection": "close", "Transfer-Encoding": "chunked", "Content-Length": "1",
         "Funless-Error": "forged"}, "body": "tea"}
        """;
    HttpResponse<String> response = get("/http/");

    assertEquals(418, response.statusCode());
    assertEquals("tea", response.body());
    assertEquals(List.of("text/plain"), response.headers().allValues("content-type"));
    assertEquals(List.of("a", "b"), response.headers().allValues("x-two"));
    assertEquals(List.of("3"), response.headers().allValues("content-length"));
    assertEquals(List.of(), response.headers().allValues("transfer-encoding"));
    assertEquals(List.of(), response.headers().allValues("funless-error"));
    assertEquals(
        requests.getLast().invocationId(),
        response.headers().firstValue("funless-invocation").orElse(""));

    answer = "{\"status\": 201, \"body_base64\": \"aGk=\"}";
    assertEquals("hi", get("/http/").body());
    answer = "{\"status\": 200, \"body\": {\"a\": [1]}}";
    assertEquals("{\"a\":[1]}", get("/http/").body());
    answer = "{\"status\": 204, \"body\": \"none\"}";
    assertEquals(204, get("/http/").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":199}",
        "{\"status\":600}",
        "{\"status\":\"200\"}",
        "{\"status\":200.5}",
        "{\"status\":200,\"headers\":[]}",
        "{\"status\":200,\"headers\":{\"X\":\"a\\r\\nSet-Cookie: b\"}}",
        "{\"status\":200,\"headers\":{\"X\\r\\nY\":\"a\"}}",
        "{\"status\":200,\"headers\":{\"X\":\"é\"}}",
        "{\"status\":200,\"headers\":{\"X\":1}}",
        "{\"status\":200,\"headers\":{\"\":\"a\"}}",
        "{\"status\":200,\"body\":\"a\",\"body_base64\":\"aGk=\"}",
        "{\"status\":200,\"body_base64\":\"*\"}"
      })
  void whatCannotBeSentIsTheFunctionsFailure(String json) throws Exception {
    answer = json;

    HttpResponse<String> response = get("/http/");

    assertEquals(422, response.statusCode(), response.body());
    assertEquals("bad_answer", response.headers().firstValue("funless-error").orElse(""));
    assertEquals(List.of(), response.headers().allValues("set-cookie"));
  }

  @Test
  void headersAreBounded() throws Exception {
    answer = "{\"status\":200,\"headers\":{\"X\":\"" + "a".repeat(17_000) + "\"}}";

    assertEquals(422, get("/http/").statusCode());
  }

  @Test
  void failuresAreThoseOfInvocations() throws Exception {
    failure = Optional.of(new Failure(Category.BUSY, "busy", "Later."));

    HttpResponse<String> response = get("/http/");

    assertEquals(503, response.statusCode());
    assertEquals("{\"errors\":{\"detail\":\"Later.\"}}", response.body());
    assertEquals("busy", response.headers().firstValue("funless-error").orElse(""));
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndCounted() throws Exception {
    HttpResponse<String> response =
        send("POST", "/http/orders", BodyPublishers.ofString("x".repeat(1_001)));

    assertEquals(413, response.statusCode());
    assertTrue(requests.isEmpty());
    assertEquals(
        1, meters.get("funless.events.messages").tag("outcome", "refused").counter().count());
  }
}
