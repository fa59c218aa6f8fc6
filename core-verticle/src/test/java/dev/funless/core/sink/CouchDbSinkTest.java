package dev.funless.core.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.Secret;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as CouchDB does. */
class CouchDbSinkTest {

  private final Vertx vertx = Vertx.vertx();
  private final CouchDbSink sink = new CouchDbSink(vertx, Duration.ofSeconds(1));
  private Receiver couch;

  @BeforeEach
  void open() throws Exception {
    couch = new Receiver(vertx);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private CouchDbParameters parameters() {
    return new CouchDbParameters(
        couch.url("/results"),
        Optional.of("user"),
        Optional.of(new Secret("pässword")),
        Optional.empty());
  }

  private static Result result(String outcome, String json) {
    return new Result("i1", new FunctionId("_", "f"), outcome, json, Instant.now());
  }

  private void deliver(Result result) throws Exception {
    sink.deliver(parameters(), result).await(5, TimeUnit.SECONDS);
  }

  private String failure(Result result) {
    Exception e = assertThrows(Exception.class, () -> deliver(result));
    return String.valueOf(e.getMessage());
  }

  @Test
  void postsTheBareResultUnderTheInvocationsId() throws Exception {
    deliver(result("ok", "{\"payload\":\"grüße\"}"));

    Receiver.Received document = couch.received.getFirst();
    assertEquals("POST", document.method());
    assertEquals("/results", document.path());
    assertEquals("application/json", document.headers().get("Content-Type"));
    assertEquals("Basic dXNlcjpww6Rzc3dvcmQ=", document.headers().get("Authorization"));
    assertEquals("{\"_id\":\"i1\",\"payload\":\"grüße\"}", document.body().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "{}|{\"_id\":\"i1\"}",
        " { } |{\"_id\":\"i1\"}",
        "{\"a\":{\"_id\":1}}|{\"_id\":\"i1\",\"a\":{\"_id\":1}}",
        "[1,2]|{\"_id\":\"i1\",\"result\":[1,2]}",
        "\"text\"|{\"_id\":\"i1\",\"result\":\"text\"}",
        "null|{\"_id\":\"i1\",\"result\":null}",
        "{\"a\":[],\"_id\":\"mine\"}|{\"_id\":\"i1\",\"result\":{\"a\":[],\"_id\":\"mine\"}}",
        "{\"_rev\":1}|{\"_id\":\"i1\",\"result\":{\"_rev\":1}}",
      })
  void whatCannotBeADocumentIsWrapped(String json, String document) {
    assertEquals(document, CouchDbSink.document(result("ok", json)).toString());
  }

  @Test
  void aSecondDeliveryIsAConflictAndNoSecondDocument() throws Exception {
    Map<String, JsonObject> documents = new ConcurrentHashMap<>();
    couch.behaviour =
        (request, body) -> {
          JsonObject document = body.toJsonObject();
          if (documents.putIfAbsent(document.getString("_id"), document) == null) {
            request.response().setStatusCode(201).end("{\"ok\":true,\"id\":\"i1\"}");
          } else {
            request.response().setStatusCode(409).end("{\"error\":\"conflict\"}");
          }
        };

    deliver(result("ok", "{}"));
    deliver(result("ok", "{}"));

    assertEquals(2, couch.received.size());
    assertEquals(1, documents.size());
  }

  @Test
  void failuresAreNotSent() throws Exception {
    deliver(result("trap", "{\"error\":\"it trapped\"}"));

    assertTrue(couch.received.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"200", "401", "404", "413", "500", "503"})
  void everyOtherStatusIsAFailureThatSaysWhy(int status) {
    couch.answers(status, "{\"reason\":\"Because.\"}\n" + "x".repeat(10_000));

    String sentence = failure(result("ok", "{}"));

    assertTrue(
        sentence.startsWith("It answered " + status + ": {\"reason\":\"Because.\"}"), sentence);
    assertTrue(sentence.length() < 300, sentence);
  }

  @Test
  void anAnswerThatIsCutOffIsAFailure() {
    couch.behaviour =
        (request, _) -> {
          request.response().setStatusCode(201).putHeader("Content-Length", "100").write("{");
          vertx.setTimer(50, _ -> request.connection().close());
        };

    assertTrue(failure(result("ok", "{}")).contains("closed"), failure(result("ok", "{}")));
  }

  @Test
  void anAnswerThatDripsIsGivenUp() {
    couch.behaviour =
        (request, _) -> {
          request.response().setChunked(true).setStatusCode(201);
          vertx.setPeriodic(100, _ -> request.response().write(" "));
        };

    long before = System.nanoTime();
    failure(result("ok", "{}"));
    assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 3_000);
  }

  @Test
  void anEndlessAnswerIsCutOffOnceItsStatusIsKnown() throws Exception {
    couch.behaviour =
        (request, _) -> {
          request.response().setChunked(true).setStatusCode(201);
          vertx.setPeriodic(1, _ -> request.response().write("x".repeat(20_000)));
        };

    deliver(result("ok", "{}"));
  }

  @Test
  void nobodyThereIsAFailure() throws Exception {
    couch.server.close().await(5, TimeUnit.SECONDS);

    assertTrue(failure(result("ok", "{}")).contains("refused"));
  }

  private String unreached(CouchDbParameters parameters) {
    Exception e =
        assertThrows(Exception.class, () -> sink.reach(parameters).await(5, TimeUnit.SECONDS));
    return String.valueOf(e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 405, 429, 500})
  void aDatabaseIsReachedByALookAtIt(int status) throws Exception {
    couch.answers(status, "{\"db_name\":\"results\"}");

    sink.reach(parameters()).await(5, TimeUnit.SECONDS);

    Receiver.Received look = couch.received.getFirst();
    assertEquals("GET", look.method());
    assertEquals("/results", look.path());
    assertEquals("Basic dXNlcjpww6Rzc3dvcmQ=", look.headers().get("Authorization"));
    assertEquals(0, look.body().length());
    assertFalse(look.headers().containsKey("Content-Length"), "there is no body");
    assertEquals(1, couch.received.size());
  }

  @ParameterizedTest
  @CsvSource({
    "401, It refuses username or password: it answered 401.",
    "403, It refuses username or password: it answered 403.",
    "404, There is no such database: it answered 404."
  })
  void aDatabaseIsNotReachedThatIsNotThereOrForOthers(int status, String sentence) {
    couch.answers(status, "{\"reason\":\"nobody's business\"}");

    assertEquals(sentence, unreached(parameters()));
  }

  @Test
  void aDatabaseIsNotReachedWhereNobodyAnswers() throws Exception {
    couch.behaviour = (_, _) -> {};
    unreached(parameters());
    try (Unreachable nobody = new Unreachable()) {
      unreached(at(nobody.silent()));
      assertTrue(unreached(at(nobody.refusing())).contains("refused"));
    }
  }

  private static CouchDbParameters at(int port) {
    return new CouchDbParameters(
        "http://127.0.0.1:" + port + "/results",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void largeResultsArriveWhole() throws Exception {
    String text = "ü".repeat(2 << 20);
    deliver(result("ok", "{\"text\":\"" + text + "\"}"));

    assertEquals(text, couch.received.getFirst().body().toJsonObject().getString("text"));
  }
}
