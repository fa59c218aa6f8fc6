package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The example by which affinity was evaluated, over two regions: {@code divide} splits work and
 * calls {@code impera}, which connects to a database; {@code heavy} loads the machine.
 */
class AppScenarioTest {

  private static final String SCRIPT =
      """
      - divide:
          - workers:
              - set: east
              - set: west
            strategy: best-first
            affinity: ["!heavy"]
      - impera:
          - workers: "*"
            strategy: min_latency
            affinity: [divide, "!heavy"]
          - workers:
              - set: east
            affinity: ["!heavy"]
        followup: fail
      - heavy:
          - workers: "*"
            strategy: random
            affinity: ["!divide", "!impera"]
            invalidate:
              max_concurrent_invocations: 1
        followup: default
      - default:
          - workers: [west2]
            invalidate:
              capacity_used: 90%
      """;

  private final FixedWorker east1 = worker("east1", "east", 1);
  private final FixedWorker east2 = worker("east2", "east", 2);
  private final FixedWorker west1 = worker("west1", "west", 40);
  private final FixedWorker west2 = worker("west2", "west", 50);

  private ScriptTrial trial;

  private static FixedWorker worker(String name, String region, double millisToData) {
    return named(name)
        .tagged(region)
        .in(region)
        .near("http://db", millisToData)
        .withMemory(1_000 * MIB, 1_000 * MIB);
  }

  @BeforeEach
  void open() {
    trial =
        ScriptTrial.of(SCRIPT)
            .inZone("west")
            .calling("http://db")
            .needing(100 * MIB)
            .on(east1, east2, west1, west2);
  }

  private Set<String> reachable(String function) {
    Map<String, Integer> outcomes = trial.tagged(function).outcomes(200);
    return outcomes.keySet();
  }

  @Test
  void workBeginsInTheRegionOfTheData() {
    assertEquals(Set.of("east1", "east2"), reachable("divide"));
    assertEquals(Set.of("east1", "east2"), reachable("impera"), "no divide runs yet");
    assertEquals(Set.of("east1", "east2", "west1", "west2"), reachable("heavy"));
  }

  @Test
  void imperaFollowsDivideWhereverThatRuns() {
    west1.running("divide").withSent(1);
    assertEquals(Set.of("west1"), reachable("impera"));

    east2.running("divide").withSent(1);
    assertEquals(Set.of("east2"), reachable("impera"), "the nearest to the data of the two");
  }

  @Test
  void divideLeavesTheRegionWhereHeavyRunsInAllOfIt() {
    east1.running("heavy").withSent(1);
    assertEquals(Set.of("east2"), reachable("divide"));

    east2.running("heavy").withSent(1);
    assertEquals(Set.of("west1", "west2"), reachable("divide"));
  }

  @Test
  void heavyAvoidsBothAndFallsBackWhereTheyAreEverywhere() {
    east1.running("divide").withSent(1);
    east2.running("impera").withSent(1);
    west1.running("heavy").withSent(1);
    assertEquals(Set.of("west2"), reachable("heavy"));

    west2.running("divide", "impera").withSent(2);
    assertEquals(Set.of("west2"), reachable("heavy"), "by the default tag, which avoids nothing");
    west2.withMemory(1_000 * MIB, 199 * MIB);
    assertEquals(
        Set.of(
            "No worker is valid for the tag 'heavy' of the script 's': capacity_used would be"
                + " exceeded; max_concurrent_invocations is reached."),
        reachable("heavy"));
  }

  @Test
  void imperaFailsAtOnceWhereHeavyIsEverywhere() {
    for (FixedWorker worker : new FixedWorker[] {east1, east2, west1, west2}) {
      worker.running("heavy", "divide").withSent(2);
    }

    assertEquals(
        Set.of(
            "No worker is valid for the tag 'impera' of the script 's': a function with an excluded"
                + " tag is running."),
        reachable("impera"));
  }
}
