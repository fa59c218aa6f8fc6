package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static dev.funless.core.schedule.FixedWorker.unreported;
import static dev.funless.core.schedule.Situations.chance;
import static dev.funless.core.schedule.Situations.needing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    Worker small = named("a").withSent(3);

    assertEquals("b", chosen(small, named("b").withPlaces(8).withSent(10)));
    assertEquals("a", chosen(named("a").withSent(2), named("b").withPlaces(8).withSent(10)));
  }

  @Test
  void countsWhatOtherCoresSent() {
    assertEquals("a", chosen(named("a").withSent(1), named("b").withOthers(11)));
    assertEquals("b", chosen(named("a").withSent(2).withOthers(2), named("b").withSent(3)));
  }

  @Test
  void takesWorkerThatHasNotReportedByWhatWasSentToIt() {
    assertEquals("x", chosen(named("a").withSent(1), unreported("x")));
    assertEquals("a", chosen(named("a").withSent(1), unreported("x").withSent(1)));
  }

  @Test
  void saysThatNoWorkerHasTheMemory() {
    Selection none =
        policy.select(config(), List.of(named("a").withMemory(MIB)), needing(2 * MIB), chance(1));

    assertEquals(
        new Selection.None(
            "No worker has the 2048 KiB of memory available that the function needs."),
        none);
  }

  @Test
  void leavesEqualsToChanceEvenly() {
    Random random = new Random(1);
    List<Worker> workers =
        List.of(
            named("a").withSent(1), named("b").withPlaces(4).withSent(2), named("c").withOthers(1));
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      taken.merge(
          name(policy.select(config(), workers, needing(1), chance(random))), 1, Integer::sum);
    }

    assertEquals(3, taken.size());
    taken.values().forEach(times -> assertTrue(times > 900 && times < 1_100, taken::toString));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noOtherIsLessLoaded(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<Worker> workers = RandomWorkers.of(random);
      Selection selection = policy.select(config(), workers, needing(1), chance(random));
      Worker chosen = ((Selection.Chosen) selection).worker();
      for (Worker other : workers) {
        assertTrue(load(chosen) <= load(other) + 1e-9, () -> other + " is better than " + chosen);
      }
    }
  }

  private static double load(Worker worker) {
    return worker.calls() / (double) Math.max(1, worker.places());
  }

  private String chosen(Worker... workers) {
    return name(policy.select(config(), List.of(workers), needing(1), chance(1)));
  }

  private static String name(Selection selection) {
    return ((Selection.Chosen) selection).worker().name();
  }

  private static LeastLoadedConfig config() {
    return new LeastLoadedConfig();
  }
}
