package dev.funless.core.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.Secret;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTest {

  private static final Result RESULT =
      new Result(
          "i1",
          new FunctionId("m", "f"),
          "trap",
          "{\"error\":\"ü\"}",
          Instant.parse("2026-01-31T12:00:00.123Z"));

  private final Vertx vertx = Vertx.vertx();
  private final WebhookSink sink =
      new WebhookSink(
          vertx,
          Duration.ofSeconds(1),
          Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
  private Receiver hook;

  @BeforeEach
  void open() throws Exception {
    hook = new Receiver(vertx);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void deliver(Optional<Secret> secret, Map<String, String> headers) throws Exception {
    sink.deliver(
            new WebhookParameters(
                hook.url("/hook?a=b"), secret, Optional.of(headers), Optional.empty()),
            RESULT)
        .await(5, TimeUnit.SECONDS);
  }

  @Test
  void postsTheEnvelope() throws Exception {
    deliver(Optional.empty(), Map.of("X-Key", "value"));

    Receiver.Received call = hook.received.getFirst();
    assertEquals("POST", call.method());
    assertEquals("/hook?a=b", call.path());
    assertEquals("value", call.headers().get("X-Key"));
    assertFalse(call.headers().containsKey("Funless-Signature"));
    assertEquals(
        "{\"invocation\":\"i1\",\"function\":{\"module\":\"m\",\"name\":\"f\"},"
            + "\"outcome\":\"trap\",\"time\":\"2026-01-31T12:00:00.123Z\","
            + "\"result\":{\"error\":\"ü\"}}",
        call.body().toString());
  }

  @Test
  void aReceiverCanVerifyTheSignature() throws Exception {
    deliver(Optional.of(new Secret("open sesame")), Map.of());

    Receiver.Received call = hook.received.getFirst();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("open sesame".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = "1700000000." + call.body();
    String hex = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    assertEquals("t=1700000000,v1=" + hex, call.headers().get("Funless-Signature"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 299})
  void everySuccessIsADelivery(int status) throws Exception {
    hook.behaviour = (request, _) -> request.response().setStatusCode(status).end();
    deliver(Optional.empty(), Map.of());
    assertEquals(1, hook.received.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 409, 410, 500})
  void everythingElseIsAFailure(int status) {
    hook.behaviour =
        (request, _) ->
            request
                .response()
                .putHeader("Location", hook.url("/elsewhere"))
                .setStatusCode(status)
                .end();

    Exception e = assertThrows(Exception.class, () -> deliver(Optional.empty(), Map.of()));

    assertEquals("It answered " + status + ".", e.getMessage());
    assertEquals(1, hook.received.size(), "no redirect is followed");
  }

  @Test
  void oneThatIsSilentIsGivenUp() {
    hook.behaviour = (_, _) -> {};

    long before = System.nanoTime();
    assertThrows(Exception.class, () -> deliver(Optional.empty(), Map.of()));
    assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 3_000);
  }

  private void reach(String url) throws Exception {
    sink.reach(new WebhookParameters(url, Optional.empty(), Optional.empty(), Optional.empty()))
        .await(5, TimeUnit.SECONDS);
  }

  @Test
  void oneIsReachedByAConnectionAndIsSentNothing() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Buffer sent = Buffer.buffer();
    Promise<Void> closed = Promise.promise();
    NetServer listener =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  connections.incrementAndGet();
                  socket.handler(sent::appendBuffer);
                  socket.closeHandler(closed::complete);
                })
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);

    reach("http://127.0.0.1:" + listener.actualPort() + "/hook");

    closed.future().await(5, TimeUnit.SECONDS);
    assertEquals(1, connections.get());
    assertEquals(0, sent.length());
  }

  @Test
  void oneIsNotReachedWhereNobodyListensOrSpeaksTls() throws Exception {
    try (Unreachable nobody = new Unreachable()) {
      String refusing = "http://127.0.0.1:" + nobody.refusing();
      Exception e = assertThrows(Exception.class, () -> reach(refusing));
      assertTrue(e.getMessage().contains("refused"), e.getMessage());
    }
    String plain = hook.url("/hook").replace("http:", "https:");
    assertThrows(Exception.class, () -> reach(plain));
    assertTrue(hook.received.isEmpty());
  }

  @Test
  void theResultInTheEnvelopeMayBeAnyJson() {
    for (String json : new String[] {"null", "[1, 2]", "\"x\"", "1.50", "{\"a\": {}}"}) {
      Result result = new Result("i \"1\"", new FunctionId("m", "f"), "ok", json, Instant.now());
      String envelope = Envelope.of(result).toString();
      assertTrue(envelope.endsWith("\"result\":" + json + "}"), envelope);
      assertEquals("i \"1\"", new JsonObject(envelope).getString("invocation"));
    }
  }
}
