package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/fn/:module/:function}: invocations. */
class InvocationsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Set<String> WORKERS =
      Platform.WORKERS.stream().map(Platform.WorkerPlace::name).collect(Collectors.toSet());

  private final Client client = PLATFORM.get().guest();

  @BeforeAll
  static void deploy() {
    PLATFORM.get().guest().deploy("mirror", "echo-wat");
    PLATFORM.get().guest().deploy("failing", "fail-c");
    PLATFORM.get().guest().deploy("nap", "sleep");
  }

  @Test
  void givesTheFunctionsJsonAndSaysWhoRanIt() {
    Answer answer = client.post("/v1/fn/_/mirror", "{\"args\":{\"a\":[1,2.50,\"é😀\",null]}}");

    assertEquals(200, answer.status());
    assertEquals("{\"data\":{\"a\":[1,2.50,\"é😀\",null]}}", answer.body());
    assertEquals("application/json", answer.header("Content-Type"));
    assertTrue(WORKERS.contains(answer.worker()), answer.worker());
    assertEquals(4, UUID.fromString(answer.header("Funless-Invocation")).version());
    assertNotEquals(
        answer.header("Funless-Invocation"),
        client.post("/v1/fn/_/mirror", "{}").header("Funless-Invocation"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"args\":null}",
        "{\"other\":1}",
        "{\"scheduling\":null}",
        " { } ",
        "{\"scheduling\":{\"language\":\"none\"}}",
        "{\"scheduling\":{\"language\":\"least-loaded\"}}",
        "{\"scheduling\":{\"language\":\"power-of-two\"}}",
        "{\"scheduling\":{}}"
      })
  void argsThatAreAbsentReachTheFunctionAsAnEmptyObject(String body) {
    Answer answer = client.post("/v1/fn/_/mirror", body);

    assertEquals(200, answer.status(), answer.body());
    assertEquals("{\"data\":{}}", answer.body());
  }

  @Test
  void aBodyNeedsNoContentType() {
    Answer answer =
        client.post(
            "/v1/fn/_/mirror",
            "application/x-www-form-urlencoded",
            BodyPublishers.ofString("{\"args\":{\"x\":1}}"));

    assertEquals("{\"data\":{\"x\":1}}", answer.body());
  }

  @Test
  void aFunctionThatFailsGivesItsErrorWithTheWorkersName() {
    Answer answer = client.invoke("failing", new JsonObject().put("message", "no \"luck\"\né"));

    assertEquals(422, answer.status());
    assertEquals(
        new JsonObject().put("errors", new JsonObject().put("detail", "Error: no \"luck\"\né")),
        answer.json());
    assertEquals("function_error", answer.error());
    assertTrue(WORKERS.contains(answer.worker()));
    assertEquals(4, UUID.fromString(answer.header("Funless-Invocation")).version());
  }

  @Test
  void answers404ForWhatDoesNotExist() {
    Answer function = client.post("/v1/fn/_/nowhere", "{}");
    assertEquals(404, function.status());
    assertEquals("There is no function 'nowhere' in the module '_'.", function.detail());
    assertEquals("no_such_function", function.error());
    assertEquals(404, client.post("/v1/fn/nowhere/mirror", "{}").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"language\":\"app\"}",
        "{\"language\":\"app\",\"script\":\"a b\"}",
        "{\"language\":\"app\",\"script\":5}",
        "{\"language\":\"cobol\"}",
        "{\"language\":5}",
        "{\"language\":\"none\",\"unknown\":1}",
        "{\"script\":\"s\"}",
        "[]",
        "\"none\"",
        "5"
      })
  void schedulingThatIsNotThereIs400(String scheduling) {
    Answer answer = client.post("/v1/fn/_/mirror", "{\"scheduling\":" + scheduling + "}");

    assertEquals(400, answer.status(), answer.body());
    assertEquals("bad_scheduling", answer.error());
    assertTrue(answer.detail().startsWith("scheduling: "), answer.detail());
  }

  @Test
  void aBurstSpreadsOverTheWorkers() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 9)
            .mapToObj(_ -> client.invokeLater("nap", new JsonObject().put("ms", 500)))
            .toList();

    Set<String> ran = calls.stream().map(call -> call.join().worker()).collect(Collectors.toSet());

    assertEquals(WORKERS, ran);
  }

  @Test
  void manyCallsAtOnceEachGetTheirOwnAnswer() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 200)
            .mapToObj(i -> client.invokeLater("mirror", new JsonObject().put("i", i)))
            .toList();

    for (int i = 0; i < calls.size(); i++) {
      assertEquals("{\"data\":{\"i\":" + i + "}}", calls.get(i).join().body());
    }
  }

  @Test
  void argumentsOfNearlyTheLargestBodyComeBackWhole() {
    JsonObject args = new JsonObject().put("list", new JsonArray().add("x".repeat(1_000_000)));

    Answer answer = client.invoke("mirror", args);

    assertEquals(200, answer.status());
    assertEquals(args, answer.object());
  }
}
