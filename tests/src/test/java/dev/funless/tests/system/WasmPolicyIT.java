package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy that is itself a function decides where invocations run. */
class WasmPolicyIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "advised", "echo-wat",
          "advises", "picker",
          "advises_trapping", "trap",
          "advises_spinning", "spin",
          "advises_nobody", "echo-wat");

  private final Client client = PLATFORM.get().guest();

  @BeforeAll
  static void deploy() {
    EXAMPLES.forEach(PLATFORM.get().guest()::deploy);
  }

  @AfterAll
  static void remove() {
    EXAMPLES.keySet().forEach(name -> PLATFORM.get().guest().delete("/v1/fn/_/" + name));
  }

  @Test
  void theWorkerThatItNamesRunsTheCall() {
    for (Platform.WorkerPlace worker : Platform.WORKERS) {
      JsonObject config = new JsonObject().put("tag", worker.tag());
      Answer answer = run(by("advises").put("config", config));

      assertEquals(200, answer.status(), answer.body());
      assertEquals(worker.name(), answer.worker());
      JsonObject decision = answer.json().getJsonArray("decisions").getJsonObject(0);
      assertEquals("named by _/advises", decision.getString("reason"));
    }
  }

  @Test
  void whatItSaysIsTheReasonWhereItNamesNone() {
    Answer answer = run(by("advises").put("config", new JsonObject().put("tag", "none has it")));

    assertEquals(503, answer.status());
    assertEquals("no_valid_worker", answer.error());
    assertEquals("The picker found no worker with that tag and enough memory.", answer.detail());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "advises_trapping|the policy _/advises_trapping failed: ",
        "advises_spinning|the policy _/advises_spinning failed: it did not answer within 10 ms;",
        "advises_nobody|the policy _/advises_nobody failed: it did not answer with",
        "gone|the policy _/gone failed: there is no such function;"
      })
  void theDefaultPolicyDecidesForOneThatFailsAndSaysSo(String policy, String reason) {
    Answer answer = run(by(policy));

    assertEquals(200, answer.status(), answer.body());
    JsonObject decision = answer.json().getJsonArray("decisions").getJsonObject(0);
    assertTrue(decision.getString("reason").startsWith(reason), decision.getString("reason"));
    assertTrue(
        decision.getString("reason").contains("; the default policy decided: "),
        decision.getString("reason"));
  }

  @Test
  void aFunctionMayNotNameAPolicyThatIsNotThere() {
    JsonObject metadata = new JsonObject().put("scheduling", by("gone"));
    Answer answer = client.post("/v1/fn/_", Form.of("advised_by_nobody", "echo-wat", metadata));

    assertEquals(404, answer.status(), answer.body());
    assertEquals("There is no function 'gone' in the module '_'.", answer.detail());
  }

  private static JsonObject by(String function) {
    return new JsonObject().put("language", "wasm").put("function", function);
  }

  private Answer run(JsonObject scheduling) {
    return client.invoke("advised?explain=true", new JsonObject(), scheduling);
  }
}
