package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits that a function's metadata sets, on a worker that runs others beside it. */
class FunctionLimitsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private final Client client = PLATFORM.get().guest();

  @Test
  void eachFunctionHasStackOfItsOwn() {
    deploy("deep", "recurse", "{\"stack_kb\":16384}");
    deploy("shallow", "recurse", "{\"stack_kb\":256}");
    var args = new JsonObject().put("levels", 20_000);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "{\"data\":{\"levels\": 20000}}", client.invoke("deep", args).body(), "call " + i);
      Answer failed = client.invoke("shallow", args);
      assertEquals(422, failed.status());
      assertEquals(
          "Error: The function trapped: call stack exhausted.", detail(failed), "call " + i);
    }
  }

  @Test
  void functionWhoseTableIsLargerThanItsLimitFails() {
    deploy("tableless", "hello-rust-wasi", "{\"table_entries\":0}");

    Answer answer = client.invoke("tableless", new JsonObject());

    assertEquals(422, answer.status());
    assertEquals(
        "entries in a table; its limit is 0.", detail(answer).replaceAll(".*\\d+ en", "en"));
  }

  @Test
  void functionMakesAsManyHostCallsAsItMay() {
    deploy("unconnected", "fetch-c", "{\"host_calls\":0}");

    var args = new JsonObject().put("url", "http://127.0.0.1/");
    Answer answer = client.invoke("unconnected?logs=true", args);

    assertEquals(
        "{\"data\":{\"status\": 0, \"body\": \"\"},"
            + "\"logs\":\"HTTP call failed: more than 0 HTTP calls in one call\\n\"}",
        answer.body());
  }

  private void deploy(String name, String module, String metadata) {
    client.deploy(name, Form.of(name, Checkout.wasm(module)).text("metadata", metadata));
  }

  private static String detail(Answer answer) {
    return new JsonObject(answer.body()).getJsonObject("errors").getString("detail");
  }
}
