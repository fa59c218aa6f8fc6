package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/fn/:module} and {@code /v1/fn/:module/:function}: functions. */
class FunctionsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final byte[] ECHO = Checkout.wasm("echo-wat");

  private final Client client = PLATFORM.get().guest();

  @Test
  void createsShowsAndDeletesAFunction() {
    Answer created = client.post("/v1/fn/_", Form.of("made", ECHO));
    assertEquals(201, created.status());
    assertEquals("{\"data\":{\"name\":\"made\"}}", created.body());

    Answer shown = client.get("/v1/fn/_/made");
    assertEquals(200, shown.status());
    assertEquals("{\"data\":{\"name\":\"made\"}}", shown.body());
    assertTrue(
        client
            .get("/v1/fn/_")
            .object()
            .getJsonArray("functions")
            .contains(new JsonObject().put("name", "made")));

    Answer deleted = client.delete("/v1/fn/_/made");
    assertEquals(204, deleted.status());
    assertEquals("", deleted.body());
    assertEquals(404, client.get("/v1/fn/_/made").status());
    assertEquals(404, client.delete("/v1/fn/_/made").status());
    assertEquals(404, client.post("/v1/fn/_/made", "{}").status());
  }

  @Test
  void refusesATakenNameWith409() {
    client.post("/v1/fn/_", Form.of("twice", ECHO));

    Answer answer = client.post("/v1/fn/_", Form.of("twice", Checkout.wasm("hello-wat")));

    assertEquals(409, answer.status());
    assertEquals("A function with that name exists already.", answer.detail());
    assertEquals("name_taken", answer.error());
    assertEquals(
        "{\"data\":{\"k\":1}}", client.invoke("twice", new JsonObject().put("k", 1)).body());
  }

  @Test
  void updatesTheCodeTheNameOrBoth() {
    client.deploy("changing", "echo-wat");

    Answer updated = client.put("/v1/fn/_/changing", Form.of("changing", Checkout.wasm("hello-c")));
    assertEquals(200, updated.status());
    assertEquals("{\"data\":{\"name\":\"changing\"}}", updated.body());
    assertEquals(
        new JsonObject().put("payload", "Hello World!"),
        client.invoke("changing", new JsonObject()).object());

    Answer renamed = client.put("/v1/fn/_/changing", Form.empty().text("name", "changed"));
    assertEquals(200, renamed.status());
    assertEquals("{\"data\":{\"name\":\"changed\"}}", renamed.body());
    assertEquals(404, client.get("/v1/fn/_/changing").status());
    assertEquals(200, client.invoke("changed", new JsonObject()).status());
  }

  @Test
  void refusesAnUpdateToATakenOrBadName() {
    client.deploy("one_name", "echo-wat");
    client.deploy("other_name", "echo-c");

    Answer taken = client.put("/v1/fn/_/one_name", Form.empty().text("name", "other_name"));
    assertEquals(422, taken.status());
    assertEquals("{\"errors\":{\"name\":[\"has already been taken\"]}}", taken.body());
    assertEquals(422, client.put("/v1/fn/_/one_name", Form.empty().text("name", "a b")).status());
    assertEquals(404, client.put("/v1/fn/_/missing", Form.of("missing", ECHO)).status());
    assertEquals(404, client.put("/v1/fn/missing/f", Form.of("f", ECHO)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a-b", "a/b", "ä", "", "😀", "../x"})
  void refusesANameThatBreaksTheRule(String name) {
    assertEquals(422, client.post("/v1/fn/_", Form.of(name, ECHO)).status());
  }

  @Test
  void takesANameOf160CharactersAndNoLongerOne() {
    String longest = "f".repeat(160);

    assertEquals(201, client.post("/v1/fn/_", Form.of(longest, ECHO)).status());
    assertEquals(200, client.invoke(longest, new JsonObject()).status());
    assertEquals(422, client.post("/v1/fn/_", Form.of(longest + "f", ECHO)).status());
  }

  @ParameterizedTest
  @CsvSource({"events", "sinks"})
  void answers207WhereAnEventOrASinkIsOfAnUnknownType(String part) {
    String name = "with_" + part;
    Form form = Form.of(name, ECHO).text(part, "[{\"type\":\"carrier pigeon\",\"params\":{}}]");

    Answer created = client.post("/v1/fn/_", form);

    JsonObject expected =
        new JsonObject(
            """
            {"data": {"name": "%s",
              "%s": [{"status": "error", "message": "There is no type 'carrier pigeon' of %s."}],
              "%s_metadata": {"successful": 0, "failed": 1, "total": 1}}}
            """
                .formatted(name, part, part, part));
    assertEquals(207, created.status());
    assertEquals(expected, created.json());
    assertEquals(200, client.invoke(name, new JsonObject()).status());
    assertEquals(207, client.put("/v1/fn/_/" + name, form).status());
  }

  @Test
  void anEmptyListOfEventsOrSinksIsNoFailure() {
    Form form = Form.of("no_events", ECHO).text("events", "[]").text("sinks", "[]");

    assertEquals(201, client.post("/v1/fn/_", form).status());
  }

  @Test
  void metadataTakesEffect() {
    client.deploy(
        "with_env",
        Form.of("with_env", Checkout.wasm("env-wasi"))
            .text("metadata", "{\"tag\":\"t\",\"capacity\":128,\"env\":{\"COLOUR\":\"blué\"}}"));
    JsonObject colour = new JsonObject().put("name", "COLOUR");
    JsonObject blue = new JsonObject().put("value", "blué");
    assertEquals(blue, client.invoke("with_env", colour).object());

    // An update that is silent about it leaves it as it is; another one replaces it.
    client.put("/v1/fn/_/with_env", Form.of("with_env", Checkout.wasm("env-wasi")));
    assertEquals(blue, client.invoke("with_env", colour).object());
    client.put(
        "/v1/fn/_/with_env", Form.empty().text("metadata", "{\"env\":{\"COLOUR\":\"red\"}}"));
    assertEquals(new JsonObject().put("value", "red"), client.invoke("with_env", colour).object());
  }

  @Test
  void aCapacityThatNoWorkerHasIsTold() {
    client.deploy(
        "vast", Form.of("vast", ECHO).text("metadata", "{\"capacity\":" + (1L << 31) + "}"));

    Answer answer = client.invoke("vast", new JsonObject());

    assertEquals(503, answer.status());
    assertEquals("no_valid_worker", answer.error());
  }
}
