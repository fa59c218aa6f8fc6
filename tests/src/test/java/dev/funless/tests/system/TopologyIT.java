package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.SleepingCalls.Run;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scripts with sets, zones and controllers, on two cores: {@code core1} in the north, where alpha
 * and beta are, and {@code core2} in the south with gamma.
 */
class TopologyIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String PLACED = "placed";
  private static final String HELD = "placed_held";
  private static Node core2;
  private static Gate gate;

  private final Platform platform = PLATFORM.get();
  private final Client north = platform.guest();
  private final Client south = platform.guest(core2);
  private final StoredScripts scripts = new StoredScripts(north, PLACED);

  @BeforeAll
  static void startAnotherCore() {
    Platform platform = PLATFORM.get();
    core2 = platform.addCore("core2", "south");
    core2.start();
    platform.awaitReady();
    gate = new Gate(platform.guest());
    gate.deploy(HELD, "");
    platform.guest().deploy(PLACED, "echo-wat");
  }

  /** Of each other's calls the cores know what the workers last told. */
  @BeforeEach
  void noCoreKnowsOfACall() {
    for (Client core : List.of(north, south)) {
      Eventually.holds(
          "no worker has a call",
          SOON,
          () ->
              core.get("/v1/workers").array().stream()
                  .map(worker -> ((JsonObject) worker).getJsonObject("invocations"))
                  .allMatch(invocations -> invocations.getJsonArray("functions").isEmpty()));
    }
  }

  @AfterEach
  void openTheGate() {
    gate.open();
    scripts.close();
  }

  @AfterAll
  static void stopIt() {
    gate.close();
    PLATFORM.get().remove(core2);
  }

  @Test
  void aScriptThatOneCoreStoresSteersTheOthersCallsAtOnce() {
    for (String worker : List.of("alpha", "beta", "gamma", "alpha", "beta", "gamma")) {
      JsonObject by = scripts.by("- default:\n    - workers: [" + worker + "]\n");

      assertEquals(worker, run(south, by).worker());
    }
  }

  @Test
  void aScriptThatOneCoreReplacesSteersTheOthersCallsSoon() {
    JsonObject by = scripts.by("- default:\n    - workers: [alpha]\n");
    assertEquals("alpha", run(south, by).worker());
    Form replacement = Form.empty().text("file", "- default:\n    - workers: [gamma]\n");

    assertEquals(200, north.put("/v1/scripts/app/" + by.getString("script"), replacement).status());

    assertEquals("gamma", run(north, by).worker());
    Eventually.holds(
        "core2 has the new script", SOON, () -> run(south, by).worker().equals("gamma"));
  }

  @Test
  void aSetIsTheWorkersOfATag() {
    JsonObject gpu = scripts.by("- default:\n    - workers:\n        - set: gpu\n");
    JsonObject cache =
        scripts.by(
            """
            - default:
                - workers:
                    - set: tpu
                    - set: cache
                    - set:
            """);

    assertEquals(Set.of("alpha"), ranOn(north, 5, gpu));
    assertEquals(Set.of("alpha"), ranOn(south, 5, gpu));
    assertEquals(Set.of("gamma"), ranOn(north, 5, cache));
    assertEquals(Set.of("gamma"), ranOn(south, 5, cache));
  }

  @Test
  void aSetWithoutWorkersIs503() {
    JsonObject by = scripts.by("- default:\n    - workers:\n        - set: tpu\n");

    Answer answer = north.invoke(PLACED, new JsonObject(), by);

    assertEquals(503, answer.status(), answer.toString());
    assertEquals("no_valid_worker", answer.error());
  }

  @ParameterizedTest
  @CsvSource({"random", "platform"})
  void insideASetTheCoresOwnZoneGoesFirst(String strategy) {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers:
                    - set:
                      strategy: %s
            """
                .formatted(strategy));

    assertTrue(Set.of("alpha", "beta").containsAll(ranOn(north, 30, by)));
    assertEquals(Set.of("gamma"), ranOn(south, 10, by));
  }

  @Test
  void withoutAValidWorkerInItsOwnZoneACoreGoesToTheOther() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers:
                    - set:
                      strategy: random
                      invalidate:
                        max_concurrent_invocations: 1
            """);

    gate.hold(2, HELD, by);
    assertEquals("gamma", run(north, by).worker());

    assertEquals(
        Set.of("alpha", "beta"),
        gate.open().stream().map(Answer::worker).collect(Collectors.toSet()));
  }

  @Test
  void randomReachesEveryZoneWhereItIsNotInsideASet() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: "*"
                  strategy: random
            """);

    assertEquals(Set.of("alpha", "beta", "gamma"), ranOn(north, 60, by));
    assertEquals(Set.of("alpha", "beta", "gamma"), ranOn(south, 60, by));
  }

  @ParameterizedTest
  @CsvSource({
    // What the core that is named does, and the other one.
    "core1, all,  alpha beta gamma, alpha beta gamma",
    "core1, same, alpha beta gamma, alpha beta",
    "core1, none, alpha beta gamma, beta",
    "core2, all,  alpha beta gamma, alpha beta gamma",
    "core2, same, alpha beta gamma, gamma",
    "core2, none, alpha beta gamma, beta"
  })
  void theToleranceSaysWhatABlockMeansToOtherCores(
      String controller, String tolerance, String own, String others) {
    JsonObject by =
        scripts.by(
            """
            - default:
                - controller: %s
                  topology_tolerance: %s
                  workers: "*"
                  strategy: random
                - workers: [beta]
            """
                .formatted(controller, tolerance));
    boolean isNorth = controller.equals("core1");

    assertEquals(Set.of(own.split(" ")), ranOn(isNorth ? north : south, 60, by));
    assertEquals(Set.of(others.split(" ")), ranOn(isNorth ? south : north, 60, by));
  }

  @ParameterizedTest
  @CsvSource({"all, gamma", "same, beta", "none, beta"})
  void aBlockOfACoreThatIsNotThereHasNoZone(String tolerance, String worker) {
    JsonObject by =
        scripts.by(
            """
            - default:
                - controller: core9
                  topology_tolerance: %s
                  workers: [gamma]
                - workers: [beta]
            """
                .formatted(tolerance));

    assertEquals(Set.of(worker), ranOn(north, 5, by));
  }

  @Test
  void aBoundHoldsForTheCallsOfBothCores() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [gamma]
                  invalidate:
                    max_concurrent_invocations: 1
            """);
    gate.hold(1, HELD, by);

    // What the other core does not know yet, the worker refuses.
    Answer refused = south.invoke(PLACED, new JsonObject(), by);

    assertEquals(503, refused.status(), refused.toString());
    gate.open();
    Eventually.holds(
        "core2 knows that gamma is free",
        SOON,
        () -> south.invoke(PLACED, new JsonObject(), by).status() == 200);
  }

  @Test
  void theCallsOfBothCoresTogetherKeepABoundUnderLoad() {
    int most = 2;
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: [gamma]
                  invalidate:
                    max_concurrent_invocations: 2
            """);
    north.deploy("placed_asleep", "sleep");
    SleepingCalls calls = new SleepingCalls("placed_asleep", 50, 200);
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();

    List<CompletableFuture<List<Run>>> ofNorth = calls.start(3, north, by, end);
    List<CompletableFuture<List<Run>>> ofSouth = calls.start(3, south, by, end);
    List<Run> northern = SleepingCalls.joined(ofNorth);
    List<Run> southern = SleepingCalls.joined(ofSouth);

    assertFalse(northern.isEmpty() || southern.isEmpty(), "both cores had calls there");
    assertTrue(calls.refusals() > 0, "the bound was reached");
    List<Run> all = Stream.concat(northern.stream(), southern.stream()).toList();
    for (Run run : all) {
      long start = run.latestStart();
      long atOnce = all.stream().filter(other -> other.certainlyRanAt(start)).count();
      assertTrue(atOnce <= most, () -> atOnce + " calls ran at once");
    }
    for (Client core : List.of(north, south)) {
      assertTrue(
          core.get("/v1/workers").array().stream()
              .allMatch(worker -> ((JsonObject) worker).getInteger("sent") == 0),
          "no reservation is left");
    }
    assertEquals(204, north.delete("/v1/fn/_/placed_asleep").status());
  }

  @Test
  void bothCoresShowTheDecisionsOfBoth() {
    String function = "placed_by_both";
    north.deploy(function, "echo-wat");
    Answer first = north.invoke(function, new JsonObject());
    Answer second = south.invoke(function, new JsonObject());

    for (Client client : List.of(north, south)) {
      JsonArray decisions = client.get("/v1/fn/_/" + function + "/decisions").array();
      assertEquals(
          Set.of(
              "core1 " + first.header("Funless-Invocation") + " " + first.worker(),
              "core2 " + second.header("Funless-Invocation") + " " + second.worker()),
          decisions.stream()
              .map(JsonObject.class::cast)
              .map(
                  decision ->
                      decision.getString("core")
                          + " "
                          + decision.getString("invocation")
                          + " "
                          + decision.getString("worker"))
              .collect(Collectors.toSet()));
    }
    assertEquals(204, south.delete("/v1/fn/_/" + function).status());
  }

  private static Set<String> ranOn(Client core, int calls, JsonObject by) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> run(core, by).worker())
        .collect(Collectors.toSet());
  }

  private static Answer run(Client core, JsonObject by) {
    Answer answer = core.invoke(PLACED, new JsonObject(), by);
    assertEquals(200, answer.status(), answer.toString());
    return answer;
  }
}
