package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results of real invocations on their way to sinks. */
class SinksIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Client client = PLATFORM.get().guest();

  @BeforeAll
  static void ready() {
    PLATFORM.get().awaitReady();
  }

  private static JsonObject webhook(SinkServer server) {
    return new JsonObject()
        .put("type", "http")
        .put(
            "params",
            new JsonObject().put("url", server.url("/hook")).put("secret", "open sesame"));
  }

  private static JsonObject couch(SinkServer server) {
    return new JsonObject()
        .put("type", "couchdb")
        .put(
            "params",
            new JsonObject()
                .put("url", server.url("/results"))
                .put("username", "user")
                .put("password", "secret"));
  }

  private static Form form(String name, String example, JsonObject... sinks) {
    JsonArray list = new JsonArray();
    for (JsonObject sink : sinks) {
      list.add(sink);
    }
    return Form.of(name, Checkout.wasm(example)).text("sinks", list.encode());
  }

  private static void arrive(String what, int count, SinkServer server, String path) {
    Eventually.holds(what, PATIENCE, () -> server.calls(path).size() >= count);
    assertEquals(count, server.calls(path).size());
  }

  private static void assertSigned(SinkServer.Call call) throws GeneralSecurityException {
    String[] parts = call.signature().split("[=,]", 4);
    long seconds = Long.parseLong(parts[1]);
    assertTrue(Math.abs(Instant.now().getEpochSecond() - seconds) < 60, call.signature());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("open sesame".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = (seconds + "." + call.body()).getBytes(StandardCharsets.UTF_8);
    assertEquals(HexFormat.of().formatHex(mac.doFinal(signed)), parts[3]);
  }

  @Test
  void answersGoToEverySinkAndSecretsNowhere() throws Exception {
    try (SinkServer server = SinkServer.on(0)) {
      client.deploy("sunk", form("sunk", "echo-wat", webhook(server), couch(server)));

      Answer answer = client.invoke("sunk", new JsonObject().put("n", 7));

      assertEquals(200, answer.status(), answer.toString());
      String id = answer.header("Funless-Invocation");
      arrive("the webhook is called", 1, server, "/hook");
      SinkServer.Call call = server.calls("/hook").getFirst();
      assertSigned(call);
      assertEquals(id, call.json().getString("invocation"));
      assertEquals(
          new JsonObject().put("module", "_").put("name", "sunk"),
          call.json().getJsonObject("function"));
      assertEquals("ok", call.json().getString("outcome"));
      assertEquals(new JsonObject().put("n", 7), call.json().getJsonObject("result"));
      Instant time = Instant.parse(call.json().getString("time"));
      assertTrue(Duration.between(time, Instant.now()).abs().toSeconds() < 60);
      arrive("the document arrives", 1, server, "/results");
      assertEquals(new JsonObject().put("_id", id).put("n", 7), server.documents().get(id));
      Eventually.holds(
          "the deliveries are counted",
          PATIENCE,
          () -> {
            String metrics = client.get("/metrics").body();
            return metrics.contains("funless_deliveries_total")
                && metrics.contains("type=\"couchdb\"")
                && metrics.contains("funless_outbox_depth");
          });
      assertFalse(PLATFORM.get().core().logged("sesame"), "the log shows no secret");
      client.delete("/v1/fn/_/sunk");
    }
  }

  @Test
  void failuresAreResultsForAWebhookAndNoneForCouchDb() throws Exception {
    try (SinkServer server = SinkServer.on(0)) {
      client.deploy("sunk_fail", form("sunk_fail", "fail-wat", couch(server), webhook(server)));

      Answer answer = client.invoke("sunk_fail", new JsonObject());

      assertEquals(422, answer.status());
      arrive("the webhook is called", 1, server, "/hook");
      JsonObject envelope = server.calls("/hook").getFirst().json();
      assertEquals(answer.error(), envelope.getString("outcome"));
      assertEquals(answer.detail(), envelope.getJsonObject("result").getString("error"));
      assertEquals(400, client.post("/v1/fn/_/sunk_fail", "{").status());
      assertEquals(1, server.calls("/hook").size());
      assertTrue(server.documents().isEmpty());
      client.delete("/v1/fn/_/sunk_fail");
    }
  }

  @Test
  void whatASinkThatWasDownMissedArrivesWhenItIsUp() {
    int port;
    try (SinkServer down = SinkServer.on(0)) {
      port = down.port();
      client.deploy("sunk_down", form("sunk_down", "echo-wat", couch(down)));
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(200, client.invoke("sunk_down", new JsonObject().put("i", i)).status());
    }
    Eventually.pause(Duration.ofMillis(500));

    try (SinkServer up = SinkServer.on(port)) {
      Eventually.holds("all arrive", PATIENCE, () -> up.documents().size() == 5);
      client.delete("/v1/fn/_/sunk_down");
    }
  }

  @Test
  void aSinkThatCannotBeReachedIsToldAndGetsItsResultsOnceItCan() throws Exception {
    int port;
    JsonObject hook;
    JsonObject couch;
    try (SinkServer before = SinkServer.on(FreePorts.next())) {
      port = before.port();
      hook = webhook(before);
      couch = couch(before);
    }
    try (SinkServer there = SinkServer.on(0)) {
      Form form = form("sunk_late", "echo-wat", hook, webhook(there), couch);

      Answer created = client.post("/v1/fn/_", form);

      assertEquals(207, created.status(), created.toString());
      JsonArray told = created.object().getJsonArray("sinks");
      for (int i : new int[] {0, 2}) {
        assertEquals("error", told.getJsonObject(i).getString("status"));
        String message = told.getJsonObject(i).getString("message");
        assertTrue(message.startsWith("Connection refused"), message);
      }
      assertEquals(new JsonObject().put("status", "success"), told.getJsonObject(1));
      assertEquals(
          new JsonObject().put("successful", 1).put("failed", 2).put("total", 3),
          created.object().getJsonObject("sinks_metadata"));
      assertFalse(created.body().contains("sesame"), created.body());
      assertEquals(200, client.invoke("sunk_late", new JsonObject().put("n", 1)).status());
      arrive("the one that is there gets it", 1, there, "/hook");

      try (SinkServer late = SinkServer.on(port)) {
        Eventually.holds("the webhook is called", PATIENCE, () -> !late.calls("/hook").isEmpty());
        Eventually.holds("the document arrives", PATIENCE, () -> !late.documents().isEmpty());
        assertEquals(
            new JsonObject().put("n", 1),
            late.calls("/hook").getFirst().json().getJsonObject("result"));
        assertEquals(
            200,
            client
                .put(
                    "/v1/fn/_/sunk_late",
                    Form.empty().text("sinks", new JsonArray().add(hook).add(couch).encode()))
                .status());
        client.delete("/v1/fn/_/sunk_late");
      }
    }
  }

  @Test
  void aWrongSinkIsToldAndTheOthersWork() {
    try (SinkServer server = SinkServer.on(0)) {
      JsonObject wrong =
          new JsonObject().put("type", "http").put("params", new JsonObject().put("url", "x"));

      Answer answer =
          client.post("/v1/fn/_", form("sunk_half", "echo-wat", wrong, webhook(server)));

      assertEquals(207, answer.status());
      assertEquals(
          "[{\"status\":\"error\",\"message\":\"url must be a URL such as"
              + " https://host:port/path.\"},{\"status\":\"success\"}]",
          answer.object().getJsonArray("sinks").encode());
      client.invoke("sunk_half", new JsonObject());
      arrive("the webhook is called", 1, server, "/hook");
      client.delete("/v1/fn/_/sunk_half");
    }
  }

  @Test
  void whatASinkDidNotTakeIsListedAndSentAgain() {
    String dead = "/v1/fn/_/sunk_dead/dead";
    try (SinkServer server = SinkServer.on(0)) {
      server.status = 500;
      client.deploy("sunk_dead", form("sunk_dead", "echo-wat", webhook(server)));
      assertEquals("[]", client.get(dead).array().encode());
      for (int i = 0; i < 3; i++) {
        client.invoke("sunk_dead", new JsonObject().put("i", i));
      }
      Eventually.holds("all are given up", PATIENCE, () -> client.get(dead).array().size() == 3);

      JsonObject first = client.get(dead + "?limit=1").array().getJsonObject(0);
      assertEquals("It answered 500.", first.getString("error"));
      assertEquals("ok", first.getString("outcome"));
      assertEquals(Platform.SINK_TRIES, first.getInteger("tries"));
      assertEquals(
          new JsonObject().put("position", 0).put("type", "http"), first.getJsonObject("sink"));
      assertEquals(2, client.get(dead + "?after=" + first.getLong("id")).array().size());

      server.status = 200;
      Answer one =
          client.post(
              dead + "/retry",
              new JsonObject().put("ids", new JsonArray().add(first.getLong("id"))).encode());
      assertEquals(202, one.status(), one.toString());
      assertEquals("{\"data\":{\"retried\":1}}", one.body());
      assertEquals(2, client.get(dead).array().size());
      assertEquals("{\"data\":{\"retried\":2}}", client.post(dead + "/retry", "").body());
      Eventually.holds(
          "all arrive",
          PATIENCE,
          () ->
              server.calls("/hook").stream()
                      .map(call -> call.json().getString("invocation"))
                      .distinct()
                      .count()
                  == 3);
      Eventually.holds("none is left", PATIENCE, () -> client.get(dead).array().isEmpty());
      assertEquals("{\"data\":{\"retried\":0}}", client.post(dead + "/retry", "{}").body());

      assertEquals(404, client.get("/v1/fn/_/nobody_sunk/dead").status());
      assertEquals(404, client.post("/v1/fn/_/nobody_sunk/dead/retry", "").status());
      assertEquals(400, client.get(dead + "?limit=0").status());
      assertEquals(400, client.get(dead + "?after=x").status());
      assertEquals(400, client.post(dead + "/retry", "{\"ids\":[\"1\"]}").status());
      assertEquals(401, Client.of(PLATFORM.get().core().port()).get(dead).status());
      client.delete("/v1/fn/_/sunk_dead");
    }
  }
}
