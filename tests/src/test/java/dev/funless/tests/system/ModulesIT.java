package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/fn} and {@code /v1/fn/:module}: modules. */
class ModulesIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private final Client client = PLATFORM.get().guest();

  @Test
  void theDefaultModuleExistsFromTheStart() {
    Answer answer = client.get("/v1/fn");

    assertEquals(200, answer.status());
    assertTrue(answer.array().contains(new JsonObject().put("name", "_")), answer.body());
  }

  @Test
  void createsShowsRenamesAndDeletesAModule() {
    Answer created = client.post("/v1/fn", module("first"));
    assertEquals(201, created.status());
    assertEquals("{\"data\":{\"name\":\"first\"}}", created.body());
    assertEquals("application/json", created.header("Content-Type"));

    Answer shown = client.get("/v1/fn/first");
    assertEquals(200, shown.status());
    assertEquals("{\"data\":{\"name\":\"first\",\"functions\":[]}}", shown.body());

    assertEquals(200, client.put("/v1/fn/first", module("second")).status());
    assertEquals(404, client.get("/v1/fn/first").status());
    assertEquals(200, client.get("/v1/fn/second").status());

    Answer deleted = client.delete("/v1/fn/second");
    assertEquals(204, deleted.status());
    assertEquals("", deleted.body());
    assertEquals(404, client.get("/v1/fn/second").status());
    assertEquals(404, client.delete("/v1/fn/second").status());
  }

  @Test
  void aRenamedModuleKeepsItsFunctionsAndADeletedOneTakesThemAlong() {
    client.post("/v1/fn", module("before"));
    assertEquals(
        201, client.post("/v1/fn/before", Form.of("echo", Checkout.wasm("echo-wat"))).status());
    assertEquals(200, client.put("/v1/fn/before", module("after")).status());

    assertEquals(
        "{\"data\":{\"name\":\"after\",\"functions\":[{\"name\":\"echo\"}]}}",
        client.get("/v1/fn/after").body());
    assertEquals(
        "{\"data\":{\"a\":1}}", client.post("/v1/fn/after/echo", "{\"args\":{\"a\":1}}").body());
    assertEquals(404, client.post("/v1/fn/before/echo", "{}").status());

    assertEquals(204, client.delete("/v1/fn/after").status());
    assertEquals(404, client.get("/v1/fn/after/echo").status());
    assertEquals(404, client.post("/v1/fn/after/echo", "{}").status());
    assertEquals(201, client.post("/v1/fn", module("after")).status());
    assertEquals(
        "{\"data\":{\"name\":\"after\",\"functions\":[]}}", client.get("/v1/fn/after").body());
  }

  @Test
  void theDefaultModuleCannotBeDeleted() {
    Answer answer = client.delete("/v1/fn/_");

    assertEquals(400, answer.status());
    assertEquals("The module '_' always exists; it cannot be deleted.", answer.detail());
  }

  @Test
  void refusesATakenName() {
    client.post("/v1/fn", module("taken"));
    client.post("/v1/fn", module("other"));

    String taken = "{\"errors\":{\"name\":[\"has already been taken\"]}}";
    for (Answer answer :
        new Answer[] {
          client.post("/v1/fn", module("taken")), client.put("/v1/fn/other", module("taken"))
        }) {
      assertEquals(422, answer.status());
      assertEquals(taken, answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a-b", "a/b", "ä", "", "a.b", "a\\u0000", "😀"})
  void refusesANameThatBreaksTheRule(String name) {
    assertEquals(422, client.post("/v1/fn", module(name)).status());
    assertEquals(422, client.put("/v1/fn/_", module(name)).status());
  }

  @Test
  void takesANameOf160CharactersAndNoLongerOne() {
    String longest = "n".repeat(160);

    assertEquals(201, client.post("/v1/fn", module(longest)).status());
    assertEquals(200, client.get("/v1/fn/" + longest).status());
    Answer longer = client.post("/v1/fn", module(longest + "n"));
    assertEquals(422, longer.status());
    assertEquals(
        "{\"errors\":{\"name\":[\"must be 1 to 160 characters of letters A to Z, digits and"
            + " underscores\"]}}",
        longer.body());
  }

  @Test
  void answers404ForAModuleThatDoesNotExist() {
    assertEquals(404, client.get("/v1/fn/missing").status());
    assertEquals(404, client.put("/v1/fn/missing", module("other_name")).status());
    assertEquals(404, client.delete("/v1/fn/missing").status());
    assertEquals(
        404, client.post("/v1/fn/missing", Form.of("f", Checkout.wasm("echo-c"))).status());
    assertEquals("There is no module 'missing'.", client.get("/v1/fn/missing").detail());
    assertEquals("no_such_module", client.get("/v1/fn/missing").error());
  }

  private static String module(String name) {
    return "{\"module\":{\"name\":\"" + name + "\"}}";
  }
}
