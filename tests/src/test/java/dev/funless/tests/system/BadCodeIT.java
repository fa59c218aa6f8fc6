package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that cannot be run: told when it is uploaded, and nothing of it is kept. */
class BadCodeIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final byte[] HELLO = Checkout.wasm("hello-rust");

  private final Client client = PLATFORM.get().guest();

  @BeforeAll
  static void deploy() {
    PLATFORM.get().guest().deploy("sound", "echo-wat");
  }

  @AfterEach
  void whatWasThereStillRuns() {
    assertEquals(404, client.get("/v1/fn/_/unsound").status());
    assertEquals("{\"data\":{}}", client.invoke("sound", new JsonObject()).body());
  }

  @Test
  void whatIsNoWasmIs422() {
    isRefused("#!/bin/sh\necho hello\n".getBytes(UTF_8));
    isRefused(new byte[0]);
    isRefused(new byte[100_000]);
    isRefused("<!DOCTYPE html>".getBytes(UTF_8));
    isRefused(new byte[] {0, 'a', 's', 'm'});
    isRefused(new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0});
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.5, 0.9, 0.999})
  void codeThatIsCutOffIs422(double part) {
    isRefused(Wasm.cutOff(HELLO, Math.max(9, (int) (HELLO.length * part))));
  }

  @Test
  void aModuleWithoutAnEntryIs422() {
    isRefused(Wasm.empty());
  }

  @Test
  void anUnknownImportIs422AndNamed() {
    assertTrue(isRefused(Wasm.importing("env", "launch_missiles")).contains("env.launch_missiles"));
    assertTrue(isRefused(Wasm.importing("fl_imps", "__unknown")).contains("fl_imps.__unknown"));
  }

  @Test
  void anImportOfAnotherSignatureIs422AndNamed() {
    assertTrue(
        isRefused(Wasm.importing("fl_imps", "__get_input_data")).contains("__get_input_data"));
  }

  @Test
  void aModuleThatStartsWithMoreMemoryThanItMayHaveIs422() {
    byte[] twoMebibytes = Wasm.withMemory(32);

    Answer refused =
        client.post(
            "/v1/fn/_", Form.of("unsound", twoMebibytes).text("metadata", "{\"memory_mb\":1}"));
    assertEquals(422, refused.status(), refused.body());
    assertEquals("invalid_code", refused.error());
    assertTrue(refused.detail().endsWith("raise memory_mb."), refused.detail());

    Answer taken =
        client.post(
            "/v1/fn/_", Form.of("unsound", twoMebibytes).text("metadata", "{\"memory_mb\":2}"));
    assertEquals(201, taken.status(), taken.body());
    assertEquals("invalid_answer", client.invoke("unsound", new JsonObject()).error());
    assertEquals(204, client.delete("/v1/fn/_/unsound").status());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aFlippedByteIsEitherToldOrHarmless(int seed) {
    byte[] code = HELLO.clone();
    code[(int) (code.length * (seed / 9.0))] ^= 0x55;

    Answer answer = client.post("/v1/fn/_", Form.of("unsound", code));

    assertTrue(answer.status() == 201 || answer.status() == 422, answer.toString());
    if (answer.status() == 201) {
      int status = client.invoke("unsound", new JsonObject()).status();
      assertTrue(status == 200 || status == 422 || status == 504, "status " + status);
      client.delete("/v1/fn/_/unsound");
    }
  }

  @Test
  void anUpdateWithBadCodeLeavesTheOldOneInPlace() {
    Answer answer = client.put("/v1/fn/_/sound", Form.of("sound", Arrays.copyOf(HELLO, 100)));

    assertEquals(422, answer.status());
    assertEquals(
        "{\"data\":{\"a\":1}}", client.invoke("sound", new JsonObject().put("a", 1)).body());
  }

  private String isRefused(byte[] code) {
    Answer answer = client.post("/v1/fn/_", Form.of("unsound", code));
    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid_code", answer.error());
    assertTrue(answer.detail().matches("[A-Z][^\\n]{5,400}\\."), answer.detail());
    return answer.detail();
  }
}
