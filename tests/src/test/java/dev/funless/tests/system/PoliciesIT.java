package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies beside scripts decide where invocations run. */
class PoliciesIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PICKED = "picked";
  private static final String HELD = "picked_held";
  private static Gate gate;

  private final Client client = PLATFORM.get().guest();
  private final StoredScripts scripts = new StoredScripts(client, PICKED);

  @BeforeAll
  static void deploy() {
    gate = new Gate(PLATFORM.get().guest());
    gate.deploy(HELD, "");
    PLATFORM.get().guest().deploy(PICKED, "echo-wat");
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
  void roundRobinVisitsTheWorkersByName() {
    JsonObject metadata = new JsonObject().put("scheduling", language("round-robin"));
    client.deploy("picked_in_turn", Form.of("picked_in_turn", "echo-wat", metadata));

    List<String> visited =
        IntStream.range(0, 7)
            .mapToObj(_ -> client.invoke("picked_in_turn", new JsonObject()).worker())
            .toList();

    assertEquals(List.of("alpha", "beta", "gamma", "alpha", "beta", "gamma", "alpha"), visited);
    assertEquals(204, client.delete("/v1/fn/_/picked_in_turn").status());
  }

  @Test
  void hashKeepsEachKeyOnItsWorkerAndSpreadsTheKeys() {
    JsonObject hash = language("hash").put("key", "customer.id");
    Set<String> all = new HashSet<>();
    for (int key = 0; key < 30; key++) {
      Set<String> ofKey = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        JsonObject customer = new JsonObject().put("name", "n" + i).put("id", key);
        ofKey.add(run(new JsonObject().put("customer", customer), hash).worker());
      }
      assertEquals(1, ofKey.size(), () -> "one key was on " + ofKey);
      all.addAll(ofKey);
    }
    assertEquals(Set.of("alpha", "beta", "gamma"), all);
  }

  @Test
  void hashSendsAllCallsWithoutTheKeyToOneWorker() {
    JsonObject hash = language("hash").put("key", "customer.id");

    Set<String> workers =
        List.of("{}", "{\"customer\":5}", "[1]", "{\"customer.id\":7}", "null").stream()
            .map(args -> "{\"args\":" + args + ",\"scheduling\":" + hash + "}")
            .map(body -> client.post("/v1/fn/_/" + PICKED, body).worker())
            .collect(Collectors.toSet());

    assertEquals(1, workers.size(), workers::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha", "beta", "gamma"})
  void warmFirstGoesWhereAnInstanceWaits(String worker) {
    String name = "picked_warm_" + worker;
    // Code of its own, which has run nowhere yet.
    client.deploy(name, Form.of(name, Wasm.padded(Checkout.wasm("echo-wat"), 16)));
    JsonObject there = scripts.by("- default:\n    - workers: [" + worker + "]\n");
    assertEquals(worker, client.invoke(name, new JsonObject(), there).worker());
    awaitNewReports();

    for (int i = 0; i < 2; i++) {
      Answer answer =
          client.invoke(name + "?explain=true", new JsonObject(), language("warm-first"));
      assertEquals(worker, answer.worker(), answer.body());
      awaitNewReports();
    }
    assertEquals(204, client.delete("/v1/fn/_/" + name).status());
  }

  @Test
  void leastLoadedTakesTheWorkerWithTheFewestCalls() {
    holdOn("alpha", 2);
    holdOn("beta", 1);
    assertEquals(Set.of("gamma"), ranOn(10, language("least-loaded")));
    holdOn("gamma", 2);
    assertEquals(Set.of("beta"), ranOn(10, language("least-loaded")));
  }

  @Test
  void powerOfTwoNeverTakesTheBusiestWorker() {
    holdOn("alpha", 1);

    assertEquals(Set.of("beta", "gamma"), ranOn(40, language("power-of-two")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "round-robin", "least-loaded", "power-of-two", "warm-first", "hash"})
  void aCapacityThatNoWorkerHasIsToldByEveryPolicy(String language) {
    String name = "picked_vast_" + language.replace('-', '_');
    client.deploy(name, Form.of(name, "echo-wat", new JsonObject().put("capacity", 1L << 31)));
    JsonObject scheduling = language(language);
    if (language.equals("hash")) {
      scheduling.put("key", "k");
    }

    Answer answer = client.invoke(name, new JsonObject(), scheduling);

    assertEquals(503, answer.status(), answer.toString());
    assertEquals("no_valid_worker", answer.error());
    assertEquals(
        "No worker has the 2147483648 KiB of memory available that the function needs.",
        answer.detail());
    assertEquals(204, client.delete("/v1/fn/_/" + name).status());
  }

  private void holdOn(String worker, int calls) {
    gate.hold(calls, HELD, scripts.by("- default:\n    - workers: [" + worker + "]\n"));
  }

  /** Until every worker has told of what has run there, twice to be sure. */
  private void awaitNewReports() {
    for (int i = 0; i < 2; i++) {
      Set<Object> before = machines();
      Eventually.holds(
          "the workers report again", SOON, () -> machines().stream().noneMatch(before::contains));
    }
  }

  private Set<Object> machines() {
    return client.get("/v1/workers").array().stream()
        .map(JsonObject.class::cast)
        .map(worker -> worker.getString("name") + worker.getJsonObject("machine").encode())
        .collect(Collectors.toSet());
  }

  private Set<String> ranOn(int calls, JsonObject scheduling) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> run(new JsonObject(), scheduling).worker())
        .collect(Collectors.toSet());
  }

  private Answer run(JsonObject args, JsonObject scheduling) {
    Answer answer = client.invoke(PICKED, args, scheduling);
    assertEquals(200, answer.status(), answer.toString());
    return answer;
  }

  private static JsonObject language(String language) {
    return new JsonObject().put("language", language);
  }
}
