package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
    assertEquals("made", shown.object().getString("name"));
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

    assertEquals(207, created.status());
    JsonObject status = created.object().getJsonArray(part).getJsonObject(0);
    assertEquals("error", status.getString("status"));
    assertTrue(
        status
            .getString("message")
            .startsWith("There is no type 'carrier pigeon' of " + part + ", only "),
        created.body());
    assertEquals(
        new JsonObject().put("successful", 0).put("failed", 1).put("total", 1),
        created.object().getJsonObject(part + "_metadata"));
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

  @Test
  void showsItsMetadataAsItWasSent() {
    JsonObject metadata =
        new JsonObject()
            .put("tag", "t")
            .put("capacity", 128)
            .put("timeout_ms", 5_000)
            .put("concurrency", 7)
            .put("allowed_hosts", new JsonArray().add("127.0.0.1:*"))
            .put("env", new JsonObject().put("A", "b"))
            .put("idempotent", true)
            .put("scheduling", new JsonObject().put("language", "round-robin"));
    assertEquals(201, client.post("/v1/fn/_", Form.of("shown", "echo-wat", metadata)).status());

    JsonObject shown = client.get("/v1/fn/_/shown").object();

    assertEquals(metadata, shown.getJsonObject("metadata"));
    assertEquals("_", shown.getString("module"));
    assertEquals(ECHO.length, shown.getInteger("bytes"));
    assertEquals(204, client.delete("/v1/fn/_/shown").status());
  }

  @Test
  void theETagIsOfTheCode() {
    client.post("/v1/fn/_", Form.of("tagged", ECHO));
    String tag = client.get("/v1/fn/_/tagged").header("ETag");
    String other = "\"" + "0".repeat(64) + "\"";

    assertEquals("\"" + client.get("/v1/fn/_/tagged").object().getString("sha256") + "\"", tag);
    assertEquals(304, client.withHeader("If-None-Match", tag).get("/v1/fn/_/tagged").status());
    assertEquals(200, client.withHeader("If-None-Match", other).get("/v1/fn/_/tagged").status());

    Client stale = client.withHeader("If-Match", other);
    Answer refused = stale.put("/v1/fn/_/tagged", Form.of("tagged", ECHO));
    assertEquals(412, refused.status(), refused.body());
    assertEquals("changed", refused.error());
    assertEquals(412, stale.delete("/v1/fn/_/tagged").status());
    assertEquals(400, client.withHeader("If-Match", "x").delete("/v1/fn/_/tagged").status());
    assertEquals(404, stale.delete("/v1/fn/_/not_there").status());
    assertEquals(204, client.withHeader("If-Match", tag).delete("/v1/fn/_/tagged").status());
  }

  @Test
  void listsAllFunctionsInPages() {
    client.post("/v1/fn", "{\"module\":{\"name\":\"paged\"}}");
    for (String name : List.of("a", "b", "c")) {
      assertEquals(201, client.post("/v1/fn/paged", Form.of(name, ECHO)).status());
    }

    Answer first = client.get("/v1/functions?limit=2&after=paged/_");
    assertEquals(
        new JsonArray()
            .add(new JsonObject().put("name", "a").put("module", "paged"))
            .add(new JsonObject().put("name", "b").put("module", "paged")),
        first.array());
    assertEquals("</v1/functions?limit=2&after=paged/b>; rel=\"next\"", first.header("Link"));
    Answer second = client.get("/v1/functions?limit=2&after=paged/b");
    assertEquals("c", second.array().getJsonObject(0).getString("name"));
    assertEquals(400, client.get("/v1/functions?limit=0").status());
    assertEquals(400, client.get("/v1/functions?after=x").status());
    assertEquals(204, client.delete("/v1/fn/paged").status());
  }

  @Test
  void refusesMoreCallsAtOnceThanItsConcurrency() {
    JsonObject metadata = new JsonObject().put("concurrency", 2);
    client.deploy("few_at_once", Form.of("few_at_once", "sleep", metadata));
    JsonObject second = new JsonObject().put("ms", 1_000);
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 6).mapToObj(_ -> client.invokeLater("few_at_once", second)).toList();

    List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

    List<Answer> refused = answers.stream().filter(answer -> answer.status() == 429).toList();
    assertEquals(2, answers.stream().filter(answer -> answer.status() == 200).count());
    assertEquals(4, refused.size());
    assertEquals("concurrency", refused.getFirst().error());
    assertEquals(
        "The function has 2 calls under way, as many as its concurrency allows.",
        refused.getFirst().detail());
    assertEquals(200, client.invoke("few_at_once", new JsonObject()).status());
    assertEquals(204, client.delete("/v1/fn/_/few_at_once").status());
  }
}
