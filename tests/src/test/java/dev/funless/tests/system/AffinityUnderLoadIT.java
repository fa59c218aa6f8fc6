package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.SleepingCalls.Run;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Eight callers at once keep the workers busy with calls that must not meet. */
class AffinityUnderLoadIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final String HEAVY = "apart_heavy";
  private static final String LIGHT = "apart_light";
  private static final int HEAVY_CALLERS = 3;
  private static final int LIGHT_CALLERS = 5;

  private static final String APART =
      """
      - apart_heavy:
          - workers: "*"
            strategy: random
            affinity: ["!apart_light"]
      - apart_light:
          - workers: "*"
            strategy: random
            affinity: ["!apart_heavy"]
      """;

  private static final String ANYWHERE =
      """
      - default:
          - workers: "*"
            strategy: random
      """;

  private final Client client = PLATFORM.get().guest();
  private final SleepingCalls heavy = new SleepingCalls(HEAVY, 100, 300);
  private final SleepingCalls light = new SleepingCalls(LIGHT, 5, 30);

  @BeforeAll
  static void deploy() {
    for (String name : List.of(HEAVY, LIGHT)) {
      Form form = Form.of(name, "sleep", new JsonObject().put("tag", name));
      PLATFORM.get().guest().deploy(name, form);
    }
  }

  @Test
  void callsThatAvoidEachOtherNeverMeetOnAWorker() {
    try (StoredScripts scripts = new StoredScripts(client, "apart")) {
      Runs runs = hammer(scripts.by(APART), Duration.ofSeconds(4));

      assertEquals(List.of(), runs.met());
      assertEquals(Set.of("alpha", "beta", "gamma"), runs.workers());
      assertTrue(runs.heavy.size() >= 10, runs::counts);
      assertTrue(runs.light.size() >= 50, runs::counts);
    }
  }

  @Test
  void theSameCallsMeetWhereNoScriptKeepsThemApart() {
    try (StoredScripts scripts = new StoredScripts(client, "together")) {
      Runs runs = hammer(scripts.by(ANYWHERE), Duration.ofSeconds(1));

      assertFalse(runs.met().isEmpty(), runs::counts);
    }
  }

  private record Runs(List<Run> heavy, List<Run> light) {

    List<String> met() {
      return heavy.stream()
          .flatMap(
              one ->
                  light.stream()
                      .filter(one::certainlyMet)
                      .map(other -> "heavy " + one + " and light " + other))
          .toList();
    }

    Set<String> workers() {
      return Stream.concat(heavy.stream(), light.stream())
          .map(Run::worker)
          .collect(Collectors.toSet());
    }

    String counts() {
      return heavy.size() + " heavy calls, " + light.size() + " light ones";
    }
  }

  private Runs hammer(JsonObject by, Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    List<CompletableFuture<List<Run>>> heavyRuns = heavy.start(HEAVY_CALLERS, client, by, end);
    List<CompletableFuture<List<Run>>> lightRuns = light.start(LIGHT_CALLERS, client, by, end);
    return new Runs(SleepingCalls.joined(heavyRuns), SleepingCalls.joined(lightRuns));
  }
}
