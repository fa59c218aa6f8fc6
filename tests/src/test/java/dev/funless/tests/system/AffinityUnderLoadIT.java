package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Eight callers at once keep the workers busy with calls that must not meet. When a call ran is
 * known from its caller's side: it took its sleep's time, somewhere between request and answer.
 */
class AffinityUnderLoadIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final int HEAVY_CALLERS = 3;
  private static final int LIGHT_CALLERS = 5;
  private static final Duration AFTER_REFUSAL = Duration.ofMillis(3);

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

  private final AtomicInteger refusals = new AtomicInteger();
  private final Client client = PLATFORM.get().guest();

  @BeforeAll
  static void deploy() {
    for (String name : List.of("apart_heavy", "apart_light")) {
      PLATFORM
          .get()
          .guest()
          .deploy(name, Form.of(name, "sleep", new JsonObject().put("tag", name)));
    }
  }

  /** A call that ran for {@code nanos}, not before {@code sent} and not after {@code answered}. */
  private record Run(String worker, long sent, long answered, long nanos) {

    /** Whether they ran at once on a worker, whenever exactly each of them did. */
    boolean certainlyMet(Run other) {
      return worker.equals(other.worker)
          && earliestEnd() > other.latestStart()
          && other.earliestEnd() > latestStart();
    }

    private long earliestEnd() {
      return sent + nanos;
    }

    private long latestStart() {
      return answered - nanos;
    }
  }

  @Test
  void callsThatAvoidEachOtherNeverMeetOnAWorker() {
    try (StoredScripts scripts = new StoredScripts(client, "apart")) {
      Runs runs = hammer(scripts.by(APART), Duration.ofSeconds(4));

      assertEquals(List.of(), runs.met());
      assertEquals(Set.of("alpha", "beta", "gamma"), runs.workers());
      assertTrue(refusals.get() > 0, "there was no worker at times");
      assertTrue(runs.heavy.size() >= 10, runs::counts);
      assertTrue(runs.light.size() >= 50, runs::counts);
    }
  }

  @Test
  void theSameCallsMeetWhereNoScriptKeepsThemApart() {
    try (StoredScripts scripts = new StoredScripts(client, "together")) {
      Runs runs = hammer(scripts.by(ANYWHERE), Duration.ofSeconds(1));

      assertTrue(!runs.met().isEmpty(), runs::counts);
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
    List<CompletableFuture<List<Run>>> heavy =
        callers(HEAVY_CALLERS, () -> runsUntil(end, "apart_heavy", 100, 300, by));
    List<CompletableFuture<List<Run>>> light =
        callers(LIGHT_CALLERS, () -> runsUntil(end, "apart_light", 5, 30, by));
    return new Runs(joined(heavy), joined(light));
  }

  private static List<CompletableFuture<List<Run>>> callers(
      int callers, Supplier<List<Run>> caller) {
    return IntStream.range(0, callers)
        .mapToObj(
            _ ->
                CompletableFuture.supplyAsync(caller, command -> Thread.ofVirtual().start(command)))
        .toList();
  }

  private static List<Run> joined(List<CompletableFuture<List<Run>>> callers) {
    return callers.stream().flatMap(runs -> runs.join().stream()).toList();
  }

  /**
   * Calls one after the other, with pauses as long as the calls, so that every worker is free of
   * either kind again and again. Where no worker is valid, it calls again a moment later.
   */
  private List<Run> runsUntil(long end, String function, int minMs, int maxMs, JsonObject by) {
    List<Run> runs = new ArrayList<>();
    while (System.nanoTime() < end) {
      int ms = ThreadLocalRandom.current().nextInt(minMs, maxMs + 1);
      long sent = System.nanoTime();
      Answer answer = client.invoke(function, new JsonObject().put("ms", ms), by);
      long answered = System.nanoTime();
      if (answer.status() == 200) {
        runs.add(new Run(answer.worker(), sent, answered, Duration.ofMillis(ms).toNanos()));
        Eventually.pause(Duration.ofMillis(ms));
      } else {
        assertEquals("no_valid_worker", answer.error(), answer::toString);
        refusals.incrementAndGet();
        Eventually.pause(AFTER_REFUSAL);
      }
    }
    return runs;
  }
}
