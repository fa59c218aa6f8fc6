package dev.funless.core.schedule;

import static dev.funless.core.schedule.Snapshots.MIB;
import static dev.funless.core.schedule.Snapshots.busy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerOfTwoPolicyTest {

  private final PowerOfTwoPolicy policy = new PowerOfTwoPolicy();

  @Test
  void takesTheOnlyOne() {
    assertEquals(1, taken(List.of(busy("a", 2, 9, 9, 0)), 10).size());
  }

  @Test
  void takesTheLessLoadedOfTwo() {
    Map<String, Integer> taken = taken(List.of(busy("a", 2, 2, 0, 0), busy("b", 2, 1, 0, 0)), 100);
    assertEquals(Map.of("b", 100), taken);
  }

  /** With loads of 0, 1, 2 and 3 the pairs give them 3, 2, 1 and 0 of 6. */
  @Test
  void eachPairIsAsLikely() {
    List<WorkerSnapshot> workers =
        List.of(
            busy("d", 1, 3, 0, 0),
            busy("a", 1, 0, 0, 0),
            busy("c", 1, 2, 0, 0),
            busy("b", 1, 1, 0, 0));
    Map<String, Integer> taken = taken(workers, 6_000);
    assertEquals(3_000, taken.get("a"), 200);
    assertEquals(2_000, taken.get("b"), 200);
    assertEquals(1_000, taken.get("c"), 200);
    assertEquals(3, taken.size());
  }

  @Test
  void passesOverWorkersWhoseMemoryDoesNotFit() {
    WorkerSnapshot full = Snapshots.with("full", MIB - 1, 0);
    assertEquals(Map.of("a", 50), taken(List.of(full, busy("a", 1, 9, 9, 0), full), 50));
    assertEquals(
        new Selection.None(
            "No worker has the 1024 KiB of memory available that the function needs."),
        policy.select(new PowerOfTwoConfig(), List.of(full), Specs.needing(MIB), new Random(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverTakesTheMostLoadedAlone(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<WorkerSnapshot> workers = RandomWorkers.of(random);
      Selection selection =
          policy.select(new PowerOfTwoConfig(), workers, Specs.needing(MIB), random);
      WorkerSnapshot chosen = ((Selection.Chosen) selection).worker();
      boolean oneIsNotBetter =
          workers.size() == 1
              || workers.stream().anyMatch(w -> !w.equals(chosen) && Load.compare(chosen, w) <= 0);
      assertTrue(oneIsNotBetter, () -> chosen + " of " + workers);
    }
  }

  private Map<String, Integer> taken(List<WorkerSnapshot> workers, int times) {
    Random random = new Random(1);
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < times; i++) {
      Selection selection =
          policy.select(new PowerOfTwoConfig(), workers, Specs.needing(MIB), random);
      taken.merge(((Selection.Chosen) selection).worker().name(), 1, Integer::sum);
    }
    return taken;
  }
}
