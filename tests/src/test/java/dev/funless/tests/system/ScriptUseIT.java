package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Functions, modules and requests that name scripts. */
class ScriptUseIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final String SCRIPTS = "/v1/scripts/app/";
  private static final byte[] ECHO = Checkout.wasm("echo-wat");
  private static final String ANYWHERE = "- default:\n    - workers: \"*\"\n";
  private static final String NONE = "{\"language\":\"none\"}";

  private final Client client = PLATFORM.get().guest();

  @Test
  void aScriptInUseIsNotDeletedUntilItsFunctionsAreGoneOrChanged() {
    client.store("in_use", ANYWHERE);
    assertEquals(201, client.post("/v1/fn", module("using", by("in_use"))).status());
    for (Form form :
        List.of(
            Form.of("by_module", ECHO),
            Form.of("by_itself", ECHO).text("metadata", scheduled(by("in_use"))),
            Form.of("by_default_policy", ECHO).text("metadata", scheduled(NONE)))) {
      assertEquals(201, client.post("/v1/fn/using", form).status());
    }
    client.deploy(
        "uses_script", Form.of("uses_script", ECHO).text("metadata", scheduled(by("in_use"))));

    refusesToDelete("_/uses_script, the module using, using/by_itself, using/by_module");

    assertEquals(200, client.put("/v1/fn/using", module("using", NONE)).status());
    refusesToDelete("_/uses_script, using/by_itself");
    assertEquals(204, client.delete("/v1/fn/_/uses_script").status());
    refusesToDelete("using/by_itself");
    assertEquals(
        200,
        client
            .put("/v1/fn/using/by_itself", Form.empty().text("metadata", scheduled(NONE)))
            .status());
    assertEquals(204, client.delete(SCRIPTS + "in_use").status());
    assertEquals(204, client.delete("/v1/fn/using").status());
  }

  @Test
  void aDeletedModuleUsesItsScriptNoLonger() {
    client.store("briefly_used", ANYWHERE);
    client.post("/v1/fn", module("brief", by("briefly_used")));
    client.post("/v1/fn/brief", Form.of("f", ECHO));
    assertEquals(409, client.delete(SCRIPTS + "briefly_used").status());

    assertEquals(204, client.delete("/v1/fn/brief").status());

    assertEquals(204, client.delete(SCRIPTS + "briefly_used").status());
  }

  private void refusesToDelete(String users) {
    Answer answer = client.delete(SCRIPTS + "in_use");
    assertEquals(409, answer.status(), answer.body());
    assertEquals("script_in_use", answer.error());
    assertEquals("The script 'in_use' is in use by " + users + ".", answer.detail());
    assertEquals(200, client.get(SCRIPTS + "in_use").status());
  }

  @Test
  void whoNamesAScriptThatDoesNotExistIsRefusedAndNothingIsStored() {
    client.deploy("unscripted", "echo-wat");
    client.post("/v1/fn", module("unscripted_module", NONE));
    String unknown = by("nowhere_stored");

    for (Answer answer :
        List.of(
            client.post("/v1/fn/_", Form.of("misled", ECHO).text("metadata", scheduled(unknown))),
            client.put(
                "/v1/fn/_/unscripted",
                Form.empty().text("name", "misled").text("metadata", scheduled(unknown))),
            client.post("/v1/fn", module("misled_module", unknown)),
            client.put("/v1/fn/unscripted_module", module("misled_module", unknown)),
            client.post("/v1/fn/_/unscripted", "{\"scheduling\":" + unknown + "}"))) {
      assertEquals(404, answer.status(), answer.body());
      assertEquals("no_such_script", answer.error());
      assertEquals("There is no script 'nowhere_stored'.", answer.detail());
    }
    assertEquals(404, client.get("/v1/fn/_/misled").status());
    assertEquals(404, client.get("/v1/fn/misled_module").status());
    assertEquals(200, client.invoke("unscripted", new JsonObject()).status());
    assertEquals(204, client.delete("/v1/fn/unscripted_module").status());
    assertEquals(204, client.delete("/v1/fn/_/unscripted").status());
  }

  private static String by(String script) {
    return "{\"language\":\"app\",\"script\":\"" + script + "\"}";
  }

  private static String scheduled(String scheduling) {
    return "{\"scheduling\":" + scheduling + "}";
  }

  private static String module(String name, String scheduling) {
    return "{\"module\":{\"name\":\"%s\",\"scheduling\":%s}}".formatted(name, scheduling);
  }
}
