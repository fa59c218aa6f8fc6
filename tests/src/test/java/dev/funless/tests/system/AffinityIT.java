package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Affinity holds against what runs on a worker at the moment of the decision. */
class AffinityIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  /** Functions of this test are called by their tags. */
  private static final String LEADER = "affine_leader";

  private static final String FOLLOWER = "affine_follower";

  /** Where a leader, a follower that needs one, and one that avoids them may run. */
  private static final String SCRIPT =
      """
      - affine_leader:
          - workers: [%s]
      - affine_follower:
          - workers: "*"
            strategy: random
            affinity: [%s]
      """;

  private static Gate gate;

  private final Client client = PLATFORM.get().guest();
  private final StoredScripts scripts = new StoredScripts(client, "affine");

  @BeforeAll
  static void deploy() {
    Client client = PLATFORM.get().guest();
    gate = new Gate(client);
    gate.deploy(LEADER, LEADER);
    gate.deploy("affine_held_follower", FOLLOWER);
    client.deploy(FOLLOWER, Form.of(FOLLOWER, "echo-wat", new JsonObject().put("tag", FOLLOWER)));
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
  void aFollowerRunsOnlyWhereItsLeaderRuns() {
    JsonObject byGamma = scripts.by(SCRIPT.formatted("gamma", LEADER));
    JsonObject byAlpha = scripts.by(SCRIPT.formatted("alpha", LEADER));

    assertNowhere(byGamma, "no function with a tag of the affinity is running");
    gate.hold(1, LEADER, byGamma);
    assertEquals(Set.of("gamma"), ranOn(20, byGamma));
    gate.hold(1, LEADER, byAlpha);
    assertEquals(Set.of("alpha", "gamma"), ranOn(40, byGamma));
    gate.open();
    assertNowhere(byGamma, "no function with a tag of the affinity is running");
  }

  @Test
  void aFollowerNeedsAllOfItsLeadersOnOneWorker() {
    JsonObject by = scripts.by(SCRIPT.formatted("beta", LEADER + ", affine_other"));
    gate.deploy("affine_other", "affine_other");
    JsonObject onAlpha = scripts.by("- default:\n    - workers: [alpha]\n");
    JsonObject onBeta = scripts.by("- default:\n    - workers: [beta]\n");

    gate.hold(1, LEADER, by);
    gate.hold(1, "affine_other", onAlpha);
    assertNowhere(by, "no function with a tag of the affinity is running");
    gate.hold(1, "affine_other", onBeta);
    assertEquals(Set.of("beta"), ranOn(10, by));

    gate.open();
    assertEquals(204, client.delete("/v1/fn/_/affine_other").status());
  }

  @Test
  void aSecondBlockStartsWhatHasNobodyToFollow() {
    JsonObject by =
        scripts.by(
            """
            - affine_follower:
                - workers: "*"
                  affinity: [affine_follower]
                - workers: [beta]
            """);

    gate.hold(1, "affine_held_follower", by);
    assertEquals(Set.of("beta"), ranOn(10, by));

    assertEquals(List.of("beta"), gate.open().stream().map(Answer::worker).toList());
  }

  @Test
  void aFunctionAvoidsWorkersWhereANegatedTagRuns() {
    JsonObject byAlpha = scripts.by(SCRIPT.formatted("alpha", "!" + LEADER));
    JsonObject byBeta = scripts.by(SCRIPT.formatted("beta", "!" + LEADER));
    JsonObject byGamma = scripts.by(SCRIPT.formatted("gamma", "!" + LEADER));

    assertEquals(Set.of("alpha", "beta", "gamma"), ranOn(60, byAlpha));
    gate.hold(1, LEADER, byAlpha);
    assertEquals(Set.of("beta", "gamma"), ranOn(40, byAlpha));
    gate.hold(1, LEADER, byBeta);
    assertEquals(Set.of("gamma"), ranOn(10, byAlpha));
    gate.hold(1, LEADER, byGamma);
    assertNowhere(byAlpha, "a function with an excluded tag is running");

    gate.open();
    assertEquals(Set.of("alpha", "beta", "gamma"), ranOn(60, byAlpha));
  }

  @Test
  void thatOneAvoidsAnotherSaysNothingOfTheOther() {
    JsonObject by = scripts.by(SCRIPT.formatted("alpha", "!" + LEADER));
    gate.hold(1, "affine_held_follower", scripts.by("- default:\n    - workers: [alpha]\n"));

    gate.hold(1, LEADER, by);

    assertEquals(Set.of("beta", "gamma"), ranOn(40, by));
    assertTrue(gate.open().stream().allMatch(answer -> answer.worker().equals("alpha")));
  }

  private Set<String> ranOn(int calls, JsonObject by) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> client.invoke(FOLLOWER, new JsonObject(), by))
        .peek(answer -> assertEquals(200, answer.status(), answer.toString()))
        .map(Answer::worker)
        .collect(Collectors.toSet());
  }

  private void assertNowhere(JsonObject by, String reason) {
    Answer answer = client.invoke(FOLLOWER, new JsonObject(), by);
    assertEquals(503, answer.status(), answer.toString());
    assertEquals("no_valid_worker", answer.error());
    assertEquals(
        "No worker is valid for the tag '%s' of the script '%s': %s."
            .formatted(FOLLOWER, by.getString("script"), reason),
        answer.detail());
  }
}
