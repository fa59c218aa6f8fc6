package dev.funless.core.schedule;

import static dev.funless.core.schedule.Snapshots.MIB;
import static dev.funless.core.schedule.Snapshots.busy;
import static dev.funless.core.schedule.Snapshots.unreported;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.shared.function.FunctionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastLoadedPolicyTest {

  private final LeastLoadedPolicy policy = new LeastLoadedPolicy();

  @Test
  void countsCallsForEachPlace() {
    assertEquals("b", chosen(busy("a", 2, 2, 1, 0), busy("b", 8, 8, 2, 0)));
    assertEquals("a", chosen(busy("a", 2, 2, 0, 0), busy("b", 8, 8, 2, 0)));
  }

  @Test
  void countsWhatWasSentSinceTheLastReport() {
    assertEquals("b", chosen(busy("a", 2, 0, 0, 3), busy("b", 2, 1, 0, 2)));
  }

  @Test
  void countsWhatOtherCoresSent() {
    assertEquals("a", chosen(busy("a", 2, 1, 0, 1), busy("b", 2, 2, 9, 0)));
  }

  @Test
  void takesWorkerThatHasNotReportedByWhatWasSentToIt() {
    assertEquals("x", chosen(busy("a", 2, 1, 0, 0), unreported("x", 0)));
    assertEquals("a", chosen(busy("a", 2, 1, 0, 0), unreported("x", 1)));
  }

  @Test
  void saysThatNoWorkerHasTheMemory() {
    Selection none = policy.select(config(), List.of(busy("a", 2, 0, 0, 0)), needs(2), random());
    assertEquals(
        new Selection.None(
            "No worker has the 2048 KiB of memory available that the function needs."),
        none);
  }

  @Test
  void leavesEqualsToChanceEvenly() {
    Random random = random();
    List<WorkerSnapshot> workers =
        List.of(busy("a", 2, 1, 0, 0), busy("b", 4, 2, 0, 0), busy("c", 2, 0, 0, 1));
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      taken.merge(name(policy.select(config(), workers, needs(1), random)), 1, Integer::sum);
    }
    assertEquals(3, taken.size());
    taken.values().forEach(times -> assertTrue(times > 900 && times < 1_100, taken::toString));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noOtherIsLessLoaded(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<WorkerSnapshot> workers = RandomWorkers.of(random);
      Selection selection = policy.select(config(), workers, needs(1), random);
      WorkerSnapshot chosen = ((Selection.Chosen) selection).worker();
      for (WorkerSnapshot other : workers) {
        assertTrue(load(chosen) <= load(other) + 1e-9, () -> other + " is better than " + chosen);
      }
    }
  }

  private static double load(WorkerSnapshot worker) {
    int calls = Math.max(worker.sent(), worker.running() + worker.queued());
    return calls / (double) Math.max(1, worker.places());
  }

  private String chosen(WorkerSnapshot... workers) {
    return name(policy.select(config(), List.of(workers), needs(1), random()));
  }

  private static String name(Selection selection) {
    return ((Selection.Chosen) selection).worker().name();
  }

  private static LeastLoadedConfig config() {
    return new LeastLoadedConfig();
  }

  private static FunctionSpec needs(int mib) {
    return Specs.needing(mib * MIB);
  }

  private static Random random() {
    return new Random(1);
  }
}
