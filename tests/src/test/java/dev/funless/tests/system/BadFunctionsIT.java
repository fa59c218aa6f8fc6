package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that do what they should not: the caller is told, and the node goes on. */
class BadFunctionsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void deploy() {
    Client client = PLATFORM.get().guest();
    client.deploy("witness", "echo-wat");
    for (String example :
        List.of("trap", "recurse", "outofbounds", "badjson", "noanswer", "big", "grow")) {
      client.deploy("bad_" + example, example);
    }
    client.deploy(
        "bad_spin",
        Form.of("bad_spin", Checkout.wasm("spin")).text("metadata", "{\"timeout_ms\":700}"));
    client.deploy(
        "bad_sleep",
        Form.of("bad_sleep", Checkout.wasm("sleep")).text("metadata", "{\"timeout_ms\":700}"));
  }

  @AfterEach
  void everyWorkerIsStillThereAndANormalCallWorks() {
    assertEquals(Platform.WORKERS.size(), platform.workersSeenBy(platform.core()).size());
    for (int i = 0; i < Platform.WORKERS.size(); i++) {
      assertEquals("{\"data\":{}}", client.invoke("witness", new JsonObject()).body());
    }
  }

  @Test
  void aTrapIs422() {
    isError("trap", client.invoke("bad_trap", new JsonObject()));
  }

  @Test
  void endlessRecursionIs422() {
    String detail = isError("trap", client.invoke("bad_recurse", new JsonObject()));

    assertEquals("Error: The function trapped: call stack exhausted.", detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "answer", "log", "http"})
  void writingOutsideItsMemoryIs422(String by) {
    JsonObject args = by.isEmpty() ? new JsonObject() : new JsonObject().put("by", by);

    isError("trap", client.invoke("bad_outofbounds", args));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_badjson", "bad_noanswer"})
  void anAnswerThatIsNoJsonIs422(String function) {
    isError("invalid_answer", client.invoke(function, new JsonObject()));
  }

  @Test
  void anAnswerThatIsTooLargeIs422AndTheLargestAllowedIsGiven() {
    int limit = 1024 * 1024;

    assertEquals(
        limit - 2,
        ((String) client.invoke("bad_big", new JsonObject().put("bytes", limit)).data()).length());
    isError("answer_too_large", client.invoke("bad_big", new JsonObject().put("bytes", limit + 1)));
    isError(
        "answer_too_large", client.invoke("bad_big", new JsonObject().put("bytes", 20_000_000)));
  }

  @Test
  void memoryGrowsUpToTheFunctionsLimitAndNoFurther() {
    Answer answer = client.invoke("bad_grow", new JsonObject());

    assertEquals(200, answer.status(), answer.body());
    int pages = answer.object().getInteger("pages");
    assertTrue(pages > 100 && pages <= 64 * 16, "64 MiB are 1024 pages, not " + pages);
  }

  @Test
  void growthInManyCallsAtOnceEndsNoWorker() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 24)
            .mapToObj(_ -> client.invokeLater("bad_grow", new JsonObject()))
            .toList();

    for (CompletableFuture<Answer> call : calls) {
      int status = call.join().status();
      assertTrue(status == 200 || status == 503 || status == 422, call.join().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_spin", "bad_sleep"})
  void aFunctionThatDoesNotEndIs504InTime(String function) {
    long start = System.nanoTime();

    Answer answer = client.invoke(function, new JsonObject().put("ms", 60_000));

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(504, answer.status(), answer.body());
    assertEquals("deadline", answer.error());
    assertTrue(answer.detail().endsWith("before its deadline."), answer.detail());
    assertTrue(took.toMillis() >= 700 && took.toSeconds() < 5, took.toString());
  }

  @Test
  void endlessFunctionsInEveryPlaceGiveTheirPlacesBack() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 8)
            .mapToObj(_ -> client.invokeLater("bad_spin", new JsonObject()))
            .toList();

    calls.forEach(call -> assertEquals(504, call.join().status(), call.join().toString()));
  }

  /** Gives the detail. */
  private static String isError(String code, Answer answer) {
    assertEquals(422, answer.status(), answer.body());
    assertEquals(code, answer.error());
    assertTrue(answer.detail().matches("Error: [A-Z][^\\n]{5,300}\\."), answer.detail());
    return answer.detail();
  }
}
