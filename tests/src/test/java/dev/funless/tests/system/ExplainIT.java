package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why an invocation ran where it did, with its answer and afterwards. */
class ExplainIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Set<String> WORKERS = Set.of("alpha", "beta", "gamma");
  private static final int KEPT = 16;
  private static final String EXPLAINED = "explained";

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();
  private final StoredScripts scripts = new StoredScripts(client, EXPLAINED);

  @BeforeAll
  static void deploy() {
    PLATFORM
        .get()
        .guest()
        .deploy(EXPLAINED, Form.of(EXPLAINED, "echo-wat", new JsonObject().put("tag", EXPLAINED)));
  }

  @AfterEach
  void deleteScripts() {
    scripts.close();
  }

  @Test
  void aScriptsDecisionTellsOfEveryWorkerWithTagBlockAndLine() {
    JsonObject by =
        scripts.by(
            """
            - explained:
                - workers: [absent, beta]
                  invalidate:
                    capacity_used: 0%
                - workers: "*"
                  affinity: [unheard_of]
                - controller: core9
                  topology_tolerance: none
                  workers: [gamma]
                - workers:
                    - wrk: gamma
                      invalidate: {max_concurrent_invocations: 0}
                    - wrk: alpha
                    - wrk: beta
                - workers: [beta]
            """);

    Answer answer = explained(by);

    assertEquals(200, answer.status(), answer.body());
    assertEquals("alpha", answer.worker());
    JsonObject decision = onlyDecision(answer);
    assertEquals(answer.header("Funless-Invocation"), decision.getString("invocation"));
    assertEquals("core1", decision.getString("core"));
    assertEquals(by, decision.getJsonObject("scheduling"));
    assertEquals("alpha", decision.getString("worker"));
    assertEquals("best-first: number 2", decision.getString("reason"));
    Duration age = Duration.between(Instant.parse(decision.getString("time")), Instant.now());
    assertTrue(age.abs().toMinutes() < 5, age::toString);
    String unaffine = "no function tagged 'unheard_of' is running there";
    String forAnother = "the block is for the core 'core9', topology_tolerance is none";
    assertEquals(
        List.of(
            verdict("beta", "ruled_out", "…", 1, 3),
            verdict("absent", "ruled_out", "is not there, or takes no calls now", 1, 2),
            verdict("alpha", "ruled_out", unaffine, 2, 6),
            verdict("beta", "ruled_out", unaffine, 2, 6),
            verdict("gamma", "ruled_out", unaffine, 2, 6),
            verdict("alpha", "ruled_out", forAnother, 3, 7),
            verdict("beta", "ruled_out", forAnother, 3, 7),
            verdict("gamma", "ruled_out", forAnother, 3, 7),
            verdict("alpha", "chosen", "best-first: number 2", 4, 10),
            verdict("beta", "passed_over", "best-first: number 3", 4, 10),
            verdict(
                "gamma", "ruled_out", "has 0 invocations, max_concurrent_invocations is 0", 4, 12)),
        verdicts(decision));
  }

  /** In the order in which the workers were looked at; what depends on memory is left out. */
  private static List<JsonObject> verdicts(JsonObject decision) {
    return decision.getJsonArray("workers").stream()
        .map(JsonObject.class::cast)
        .map(
            verdict -> {
              String reason = verdict.getString("reason");
              return reason.matches("capacity_used would be \\d+\\.\\d%, above 0%")
                  ? verdict.copy().put("reason", "…")
                  : verdict;
            })
        .toList();
  }

  private static JsonObject verdict(
      String worker, String outcome, String reason, int block, int line) {
    return new JsonObject()
        .put("worker", worker)
        .put("outcome", outcome)
        .put("reason", reason)
        .put("tag", EXPLAINED)
        .put("block", block)
        .put("line", line);
  }

  @Test
  void aFollowupIsToldUnderTheTagDefault() {
    JsonObject by =
        scripts.by(
            """
            - explained:
                - workers: [absent]
              followup: default
            - default:
                - workers:
                    - set: cache
            """);

    List<JsonObject> verdicts = verdicts(onlyDecision(explained(by)));

    assertEquals(2, verdicts.size(), verdicts::toString);
    assertEquals(
        verdict("absent", "ruled_out", "is not there, or takes no calls now", 1, 2),
        verdicts.getFirst());
    JsonObject chosen = verdicts.getLast();
    assertEquals("gamma", chosen.getString("worker"));
    assertEquals("chosen", chosen.getString("outcome"));
    assertEquals("default", chosen.getString("tag"));
    assertEquals(1, chosen.getInteger("block"));
    assertEquals(6, chosen.getInteger("line"));
  }

  @Test
  void aCallThatRunsNowhereIsExplainedToo() {
    JsonObject by = scripts.by("- default:\n    - workers: [absent]\n");

    Answer answer = explained(by);

    assertEquals(503, answer.status());
    assertEquals("no_valid_worker", answer.error());
    assertEquals(Set.of("errors", "decisions"), answer.json().fieldNames());
    assertEquals(Set.of("detail"), answer.json().getJsonObject("errors").fieldNames());
    JsonObject decision = onlyDecision(answer);
    assertTrue(decision.containsKey("worker"));
    assertNull(decision.getString("worker"));
    assertEquals(answer.detail(), decision.getString("reason"));
    assertEquals(
        List.of("absent"),
        verdicts(decision).stream().map(verdict -> verdict.getString("worker")).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "none : \\d+ MiB of memory available, 0 calls sent",
        "round-robin : number \\d of 3 in turn \\d+",
        "least-loaded : 0 calls on 2 places",
        "power-of-two : (drawn; 0 calls on 2 places|not one of the two drawn)",
        "warm-first : (an instance waits|the code is (not )?loaded); 0 calls on 2 places",
        "hash : score -?\\d+ for the key x"
      })
  void everyPolicyTellsOfEveryWorkerWhyItWasTakenOrNot(String language, String reason) {
    JsonObject scheduling = new JsonObject().put("language", language);
    if (language.equals("hash")) {
      scheduling.put("key", "k");
    }

    Answer answer =
        client.invoke(EXPLAINED + "?explain=true", new JsonObject().put("k", "x"), scheduling);

    assertEquals(200, answer.status(), answer.body());
    assertEquals(Set.of("data", "decisions"), answer.json().fieldNames());
    assertEquals(new JsonObject().put("k", "x"), answer.object());
    JsonObject decision = onlyDecision(answer);
    assertEquals(scheduling, decision.getJsonObject("scheduling"));
    assertEquals(answer.worker(), decision.getString("worker"));
    List<JsonObject> verdicts = verdicts(decision);
    assertEquals(
        WORKERS,
        verdicts.stream().map(verdict -> verdict.getString("worker")).collect(Collectors.toSet()));
    for (JsonObject verdict : verdicts) {
      boolean chosen = verdict.getString("worker").equals(answer.worker());
      assertEquals(chosen ? "chosen" : "passed_over", verdict.getString("outcome"));
      assertTrue(verdict.getString("reason").matches(reason), verdict::encode);
      assertEquals(Set.of("worker", "outcome", "reason"), verdict.fieldNames());
    }
  }

  @Test
  void decisionsAndLogsStandBesideEachOther() {
    Answer answer = client.invoke(EXPLAINED + "?logs=true&explain=true", new JsonObject());

    assertEquals(Set.of("data", "logs", "decisions"), answer.json().fieldNames());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?explain=false", "?other=true"})
  void nothingIsExplainedWhereNobodyAsks(String query) {
    assertEquals("{\"data\":{}}", client.invoke(EXPLAINED + query, new JsonObject()).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?explain", "?explain=yes", "?explain=true&explain=true"})
  void whatIsNeitherTrueNorFalseIs400(String query) {
    Answer answer = client.invoke(EXPLAINED + query, new JsonObject());

    assertEquals(400, answer.status());
    assertEquals("explain must be given once, as true or false.", answer.detail());
  }

  @Test
  void theLastDecisionsOfAFunctionAreListedTheOldestFirst() {
    String name = "explained_later";
    client.deploy(name, "echo-wat");
    assertEquals("{\"data\":[]}", decisions(name).body());
    JsonObject nowhere = scripts.by("- default:\n    - workers: [absent]\n");

    List<String> invocations = new ArrayList<>();
    invocations.add(invocation(client.invoke(name, new JsonObject())));
    invocations.add(invocation(client.invoke(name, new JsonObject(), nowhere)));
    assertEquals(invocations, listed(name));
    List<JsonObject> two = decisions(name).array().stream().map(JsonObject.class::cast).toList();
    assertTrue(WORKERS.contains(two.getFirst().getString("worker")));
    assertNull(two.getLast().getString("worker"));

    for (int i = 0; i < KEPT; i++) {
      invocations.add(invocation(client.invoke(name + "?explain=true", new JsonObject())));
    }
    assertEquals(invocations.subList(2, KEPT + 2), listed(name));
    assertEquals(204, client.delete("/v1/fn/_/" + name).status());
    assertEquals(404, decisions(name).status());
  }

  private List<String> listed(String function) {
    return decisions(function).array().stream()
        .map(decision -> ((JsonObject) decision).getString("invocation"))
        .toList();
  }

  private static String invocation(Answer answer) {
    String id = answer.header("Funless-Invocation");
    assertFalse(id.isEmpty(), answer::toString);
    return id;
  }

  @ParameterizedTest
  @CsvSource({
    "_/explained_nowhere, no_such_function",
    "explained_nowhere/f, no_such_function",
    "_/a-b, no_such_function",
    "a-b/f, no_such_module"
  })
  void ofAFunctionThatDoesNotExistThereAreNone(String function, String error) {
    Answer answer = client.get("/v1/fn/" + function + "/decisions");

    assertEquals(404, answer.status(), answer.body());
    assertEquals(error, answer.error());
  }

  @Test
  void decisionsAreNotForEverybody() {
    Client anybody = Client.of(platform.core().port());

    assertEquals(401, anybody.get("/v1/fn/_/explained/decisions").status());
  }

  private Answer decisions(String function) {
    return client.get("/v1/fn/_/" + function + "/decisions");
  }

  private Answer explained(JsonObject by) {
    return client.invoke(EXPLAINED + "?explain=true", new JsonObject(), by);
  }

  private static JsonObject onlyDecision(Answer answer) {
    assertEquals(1, answer.json().getJsonArray("decisions").size(), answer.body());
    return answer.json().getJsonArray("decisions").getJsonObject(0);
  }
}
