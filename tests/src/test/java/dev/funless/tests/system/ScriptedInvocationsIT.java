package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts decide where invocations run, by names, bounds and tags. */
class ScriptedInvocationsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  /** Untagged. */
  private static final String STEERED = "steered";

  private static final Pattern MEMORY = Pattern.compile("platform: (\\d+) MiB of memory available");
  private static final String HELD = "steered_held";
  private static final String ON_BETA = "- default:\n    - workers: [beta]\n";
  private static Gate gate;

  private final Client client = PLATFORM.get().guest();
  private final StoredScripts scripts = new StoredScripts(client, STEERED);

  @BeforeAll
  static void deploy() {
    Client client = PLATFORM.get().guest();
    gate = new Gate(client);
    gate.deploy(HELD, "");
    client.deploy(STEERED, "echo-wat");
    for (String tag : List.of("image_work", "video_work", "audio_work", "unheard_of")) {
      String name = STEERED + "_" + tag;
      client.deploy(name, Form.of(name, "echo-wat", new JsonObject().put("tag", tag)));
    }
    client.deploy(
        "steered_vast",
        Form.of("steered_vast", "echo-wat", new JsonObject().put("capacity", 1L << 31)));
  }

  @AfterEach
  void openTheGate() {
    gate.open();
    scripts.close();
  }

  @AfterAll
  static void closeTheGate() {
    gate.close();
  }

  @Test
  void theFirstNamedWorkerThatIsThereRunsEveryCall() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [absent, gamma, alpha]
            """);

    assertEquals(Set.of("gamma"), ranOn(10, by));
  }

  @Test
  void aBlockWithoutAValidWorkerGivesWayToTheNext() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [absent]
                - workers: [alpha]
                  invalidate:
                    max_concurrent_invocations: 0
                - workers: [beta]
                - workers: "*"
            """);

    assertEquals(Set.of("beta"), ranOn(10, by));
  }

  @Test
  void randomReachesEveryWorkerOfABlockAndNoOther() {
    JsonObject all =
        scripts.by(
            """
            - default:
                - workers: "*"
                  strategy: random
            """);
    JsonObject two =
        scripts.by(
            """
            - default:
                - workers: [gamma, alpha]
                  strategy: random
            """);

    assertEquals(Set.of("alpha", "beta", "gamma"), ranOn(60, all));
    assertEquals(Set.of("alpha", "gamma"), ranOn(40, two));
  }

  @Test
  void blocksAreTriedByChanceWhereTheTagSaysSo() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [alpha]
                - workers: [gamma]
              strategy: random
            """);

    assertEquals(Set.of("alpha", "gamma"), ranOn(40, by));
  }

  @Test
  void platformTakesAWorkerThatHasTheMostMemoryLeft() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: "*"
                  strategy: platform
            """);
    gate.hold(1, HELD, by);

    Answer answer = run(STEERED + "?explain=true", by);

    JsonObject decision = answer.json().getJsonArray("decisions").getJsonObject(0);
    Map<String, Long> mebibytes =
        decision.getJsonArray("workers").stream()
            .map(JsonObject.class::cast)
            .collect(
                Collectors.toMap(
                    verdict -> verdict.getString("worker"),
                    verdict -> mebibytes(verdict.getString("reason"))));
    assertEquals(Set.of("alpha", "beta", "gamma"), mebibytes.keySet());
    assertEquals(
        Collections.max(mebibytes.values()), mebibytes.get(answer.worker()), decision::encode);
  }

  private static long mebibytes(String reason) {
    Matcher matcher = MEMORY.matcher(reason);
    assertTrue(matcher.lookingAt(), reason);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void theFunctionsTagPicksTheEntryAndDefaultCoversTheOthers() {
    JsonObject by =
        scripts.by(
            """
            - image_work:
                - workers: [alpha]
            - video_work:
                - workers: [absent]
              followup: default
            - audio_work:
                - workers: [absent]
            - default:
                - workers: [beta]
            """);

    assertEquals("alpha", run(STEERED + "_image_work", by).worker());
    assertEquals("beta", run(STEERED + "_video_work", by).worker());
    assertEquals("beta", run(STEERED + "_unheard_of", by).worker());
    assertEquals("beta", run(STEERED, by).worker());
    Answer failed = client.invoke(STEERED + "_audio_work", new JsonObject(), by);
    assertNoValidWorker(failed);
    assertTrue(failed.detail().contains("the tag 'audio_work'"), failed.detail());
  }

  @Test
  void aFunctionThatTheScriptDoesNotCoverIs503() {
    JsonObject by = scripts.by("- image_work:\n    - workers: \"*\"\n");

    Answer failed = client.invoke(STEERED, new JsonObject(), by);

    assertNoValidWorker(failed);
    assertEquals(
        "The script '%s' has neither the tag '' nor the tag 'default'."
            .formatted(by.getString("script")),
        failed.detail());
    assertEquals(200, client.invoke(STEERED + "_image_work", new JsonObject(), by).status());
  }

  @Test
  void ofOneCallMoreThanAWorkerMayHaveExactlyOneIs503AtOnce() {
    int most = 3;
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [beta]
                  invalidate:
                    max_concurrent_invocations: 3
            """);

    List<CompletableFuture<Answer>> calls = gate.send(most + 1, HELD, by);
    Answer first = (Answer) CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).join();
    gate.awaitWaiting(most);

    assertNoValidWorker(first);
    assertTrue(first.detail().contains("max_concurrent_invocations is reached"), first.detail());
    assertEquals(1, calls.stream().filter(CompletableFuture::isDone).count());
    assertNoValidWorker(client.invoke(STEERED, new JsonObject(), by));
    Map<Integer, Long> statuses =
        gate.open().stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    assertEquals(Map.of(200, (long) most, 503, 1L), statuses);
    assertEquals("beta", run(STEERED, by).worker());
  }

  @Test
  void aWorkerThatHasEnoughGivesWayToTheNextOne() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [beta, alpha, gamma]
                  invalidate:
                    max_concurrent_invocations: 1
            """);

    gate.hold(1, HELD, by);
    assertEquals(Set.of("alpha"), ranOn(5, by));
    gate.hold(1, HELD, by);
    assertEquals(Set.of("gamma"), ranOn(5, by));

    assertEquals(
        Set.of("alpha", "beta"),
        gate.open().stream().map(Answer::worker).collect(Collectors.toSet()));
    assertEquals(Set.of("beta"), ranOn(5, by));
  }

  @Test
  void aWorkerWithoutAFreePlaceIsOverloaded() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [beta, gamma]
                  invalidate: overload
            """);
    JsonObject onBeta = scripts.by(ON_BETA);

    gate.hold(1, HELD, onBeta);
    assertEquals("beta", run(STEERED, by).worker());
    gate.hold(1, HELD, onBeta);
    assertEquals("gamma", run(STEERED, by).worker());
  }

  @Test
  void anItemsOwnBoundReplacesTheBlocks() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers:
                    - wrk: alpha
                    - wrk: beta
                      invalidate:
                        max_concurrent_invocations: 2
                  invalidate:
                    max_concurrent_invocations: 0
            """);

    gate.hold(2, HELD, by);

    assertNoValidWorker(client.invoke(STEERED, new JsonObject(), by));
    assertTrue(gate.open().stream().allMatch(answer -> answer.worker().equals("beta")));
  }

  @ParameterizedTest
  @CsvSource({
    "steered,      capacity_used: 0%, capacity_used would be exceeded",
    "steered_vast, capacity_used: 100%, too little memory is available",
    "steered,      max_concurrent_invocations: 0, max_concurrent_invocations is reached"
  })
  void aBoundThatNoWorkerKeepsIs503WithTheReason(String function, String bound, String reason) {
    JsonObject by =
        scripts.by("- default:\n    - workers: \"*\"\n      invalidate: {" + bound + "}\n");

    Answer failed = client.invoke(function, new JsonObject(), by);

    assertNoValidWorker(failed);
    assertEquals(
        "No worker is valid for the tag 'default' of the script '%s': %s."
            .formatted(by.getString("script"), reason),
        failed.detail());
  }

  @Test
  void aBoundThatWorkersKeepRulesNobodyOut() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: "*"
                  strategy: random
                  invalidate:
                    - capacity_used: 99%
                    - max_concurrent_invocations: 1
                    - overload
            """);

    assertEquals(Set.of("alpha", "beta", "gamma"), ranOn(60, by));
  }

  @Test
  void aScriptThatNamesOnlyWorkersThatAreNotThereIs503() {
    JsonObject by = scripts.by("- default:\n    - workers: [absent, \"alpha \"]\n");

    Answer failed = client.invoke(STEERED, new JsonObject(), by);

    assertNoValidWorker(failed);
    assertEquals(
        "No worker is valid for the tag 'default' of the script '%s': a named worker is not there"
                .formatted(by.getString("script"))
            + " or takes no calls now.",
        failed.detail());
  }

  @Test
  void theRequestGoesBeforeTheFunctionAndTheFunctionBeforeItsModule() {
    JsonObject onAlpha = scripts.by("- default:\n    - workers: [alpha]\n");
    JsonObject onBeta = scripts.by(ON_BETA);
    JsonObject onGamma = scripts.by("- default:\n    - workers: [gamma]\n");
    JsonObject module = new JsonObject().put("name", "steered_module").put("scheduling", onGamma);
    assertEquals(
        201, client.post("/v1/fn", new JsonObject().put("module", module).encode()).status());
    Form own = Form.of("own", "echo-wat", new JsonObject().put("scheduling", onBeta));
    assertEquals(201, client.post("/v1/fn/steered_module", own).status());
    Form byModule = Form.of("by_module", Checkout.wasm("echo-wat"));
    assertEquals(201, client.post("/v1/fn/steered_module", byModule).status());
    String override = new JsonObject().put("scheduling", onAlpha).encode();

    for (int i = 0; i < 5; i++) {
      assertEquals("gamma", client.post("/v1/fn/steered_module/by_module", "{}").worker());
      assertEquals("beta", client.post("/v1/fn/steered_module/own", "{}").worker());
      assertEquals("alpha", client.post("/v1/fn/steered_module/by_module", override).worker());
      assertEquals("alpha", client.post("/v1/fn/steered_module/own", override).worker());
    }
    assertEquals(204, client.delete("/v1/fn/steered_module").status());
  }

  @Test
  void aReplacedScriptSteersTheNextCall() {
    JsonObject by = scripts.by(ON_BETA);
    String path = "/v1/scripts/app/" + by.getString("script");
    for (String worker : List.of("alpha", "gamma", "beta", "alpha")) {
      String script = ON_BETA.replace("beta", worker);

      assertEquals(200, client.put(path, Form.empty().text("file", script)).status());

      assertEquals(worker, run(STEERED, by).worker());
    }
  }

  private Set<String> ranOn(int calls, JsonObject by) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> run(STEERED, by).worker())
        .collect(Collectors.toSet());
  }

  private Answer run(String function, JsonObject by) {
    Answer answer = client.invoke(function, new JsonObject(), by);
    assertEquals(200, answer.status(), answer.toString());
    return answer;
  }

  private static void assertNoValidWorker(Answer answer) {
    assertEquals(503, answer.status(), answer.toString());
    assertEquals("no_valid_worker", answer.error());
    assertEquals("1", answer.header("Retry-After"));
    assertEquals("", answer.worker());
  }
}
