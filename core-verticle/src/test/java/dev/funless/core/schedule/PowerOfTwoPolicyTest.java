package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
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

class PowerOfTwoPolicyTest {

  private final PowerOfTwoPolicy policy = new PowerOfTwoPolicy();

  @Test
  void takesTheOnlyOne() {
    assertEquals(1, taken(List.of(named("a").withPlaces(2).withSent(18)), 10).size());
  }

  @Test
  void takesTheLessLoadedOfTwo() {
    Map<String, Integer> taken =
        taken(
            List.of(named("a").withPlaces(2).withSent(2), named("b").withPlaces(2).withSent(1)),
            100);
    assertEquals(Map.of("b", 100), taken);
  }

  /** With loads of 0, 1, 2 and 3 the pairs give them 3, 2, 1 and 0 of 6. */
  @Test
  void eachPairIsAsLikely() {
    List<Worker> workers =
        List.of(
            named("d").withPlaces(1).withSent(3),
            named("a").withPlaces(1).withSent(0),
            named("c").withPlaces(1).withSent(2),
            named("b").withPlaces(1).withSent(1));
    Map<String, Integer> taken = taken(workers, 6_000);
    assertEquals(3_000, taken.get("a"), 200);
    assertEquals(2_000, taken.get("b"), 200);
    assertEquals(1_000, taken.get("c"), 200);
    assertEquals(3, taken.size());
  }

  @Test
  void passesOverWorkersWhoseMemoryDoesNotFit() {
    Worker full = named("full").withMemory(MIB - 1);
    assertEquals(
        Map.of("a", 50), taken(List.of(full, named("a").withPlaces(1).withSent(18), full), 50));
    assertEquals(
        new Selection.None(
            "No worker has the 1024 KiB of memory available that the function needs."),
        policy.select(new PowerOfTwoConfig(), List.of(full), needing(MIB), chance(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverTakesTheMostLoadedAlone(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<Worker> workers = RandomWorkers.of(random);
      Selection selection =
          policy.select(new PowerOfTwoConfig(), workers, needing(MIB), chance(random));
      Worker chosen = ((Selection.Chosen) selection).worker();
      boolean oneIsNotBetter =
          workers.size() == 1
              || workers.stream().anyMatch(w -> !w.equals(chosen) && Load.compare(chosen, w) <= 0);
      assertTrue(oneIsNotBetter, () -> chosen + " of " + workers);
    }
  }

  private Map<String, Integer> taken(List<Worker> workers, int times) {
    Random random = new Random(1);
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < times; i++) {
      Selection selection =
          policy.select(new PowerOfTwoConfig(), workers, needing(MIB), chance(random));
      taken.merge(((Selection.Chosen) selection).worker().name(), 1, Integer::sum);
    }
    return taken;
  }
}
