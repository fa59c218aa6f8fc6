package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What invokes functions by itself. */
class EventsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final byte[] ECHO = Checkout.wasm("echo-wat");

  private final Client client = PLATFORM.get().guest();
  private final Client anybody = Client.of(PLATFORM.get().core().port());

  private static JsonObject event(String type, JsonObject params) {
    return new JsonObject().put("type", type).put("params", params);
  }

  private static JsonObject route(String path) {
    return event("http", new JsonObject().put("path", path).put("public", true));
  }

  private static JsonObject error(String message) {
    return new JsonObject().put("status", "error").put("message", message);
  }

  private Answer create(String name, JsonObject... events) {
    JsonArray list = new JsonArray();
    for (JsonObject event : events) {
      list.add(event);
    }
    return client.post("/v1/fn/_", Form.of(name, ECHO).text("events", list.encode()));
  }

  private JsonArray events(String function) {
    return client.get("/v1/fn/_/" + function).object().getJsonArray("events");
  }

  @Test
  void aRouteServesItsFunctionUntilThatIsGone() {
    Answer created = create("routed", route("/routed/:id"));
    assertEquals(201, created.status(), created.body());
    assertEquals(
        new JsonArray().add(new JsonObject().put("status", "success")),
        created.object().getJsonArray("events"));

    Answer answer = anybody.get("/http/routed/7?a=b");
    assertEquals(200, answer.status());
    assertEquals("GET", answer.json().getString("method"));
    assertEquals("/routed/7", answer.json().getString("path"));
    assertEquals(new JsonObject().put("id", "7"), answer.json().getJsonObject("params"));
    assertEquals(new JsonObject().put("a", "b"), answer.json().getJsonObject("query"));
    assertEquals("", answer.json().getString("body"));

    client.put("/v1/fn/_/routed", Form.empty().text("name", "rerouted"));
    assertEquals(200, anybody.get("/http/routed/7").status(), "renames are followed");
    client.delete("/v1/fn/_/rerouted");
    assertEquals(404, anybody.get("/http/routed/7").status());
  }

  @Test
  void aRouteIsForSubjectsUnlessItIsPublic() {
    create(
        "guarded", event("http", new JsonObject().put("path", "/guarded").put("method", "POST")));

    assertEquals(401, anybody.post("/http/guarded", "{}").status());
    assertEquals(404, client.get("/http/guarded").status(), "another method");
    Answer answer = client.post("/http/guarded", "text/plain", BodyPublishers.ofString("hi"));
    assertEquals("hi", answer.json().getString("body"));
    assertTrue(!answer.json().getJsonObject("headers").containsKey("authorization"));
  }

  @Test
  void theSecondOfTwoEqualRoutesIsToldWhoHasIt() {
    create("first_route", route("/twice/:a"));

    Answer second = create("second_route", route("/twice/:b"));

    assertEquals(207, second.status());
    assertEquals(
        new JsonArray().add(error("The function _/first_route has GET /twice/:b already.")),
        second.object().getJsonArray("events"));
    assertEquals("failed", events("second_route").getJsonObject(0).getString("state"));
    client.delete("/v1/fn/_/first_route");
    assertEquals("connected", events("second_route").getJsonObject(0).getString("state"));
    assertEquals(200, anybody.get("/http/twice/1").status());
  }

  @Test
  void eachEventIsToldOfAndShown() {
    JsonObject cron =
        event("cron", new JsonObject().put("schedule", "0 0 1 1 *").put("time_zone", "UTC"));
    JsonObject wrong = event("cron", new JsonObject().put("schedule", "often"));
    JsonObject mqtt =
        event(
            "mqtt",
            new JsonObject()
                .put("host", "127.0.0.1")
                .put("port", "1")
                .put("topic", "a/#")
                .put("username", "u")
                .put("password", "open sesame"));

    Answer created = create("many_events", cron, wrong, mqtt);

    assertEquals(207, created.status());
    assertEquals(
        new JsonObject().put("successful", 1).put("failed", 2).put("total", 3),
        created.object().getJsonObject("events_metadata"));
    JsonArray statuses = created.object().getJsonArray("events");
    assertEquals(new JsonObject().put("status", "success"), statuses.getJsonObject(0));
    assertEquals(
        error("'schedule' must have five fields as of cron, such as '*/5 * * * *'."),
        statuses.getJsonObject(1));
    assertTrue(
        statuses.getJsonObject(2).getString("message").startsWith("The broker cannot be connected"),
        statuses.encode());

    JsonArray shown = events("many_events");
    assertEquals(
        cron.copy().put("state", "connected").put("core", "core1"), shown.getJsonObject(0));
    assertEquals("failed", shown.getJsonObject(1).getString("state"));
    assertEquals("********", shown.getJsonObject(1).getJsonObject("params").getString("password"));
    assertTrue(!client.get("/v1/fn/_/many_events").body().contains("sesame"));
    long started = System.nanoTime();
    assertEquals(204, client.delete("/v1/fn/_/many_events").status());
    assertTrue(System.nanoTime() - started < Duration.ofSeconds(4).toNanos());
  }

  @Test
  void anUpdateReplacesTheEventsOrLeavesThem() {
    create("replaced", route("/replaced"));
    client.put("/v1/fn/_/replaced", Form.empty().text("metadata", "{\"tag\":\"t\"}"));
    assertEquals(200, anybody.get("/http/replaced").status());

    client.put(
        "/v1/fn/_/replaced",
        Form.empty().text("events", new JsonArray().add(route("/replacement")).encode()));
    assertEquals(404, anybody.get("/http/replaced").status());
    assertEquals(200, anybody.get("/http/replacement").status());

    client.put("/v1/fn/_/replaced", Form.empty().text("events", "[]"));
    assertEquals(404, anybody.get("/http/replacement").status());
  }
}
