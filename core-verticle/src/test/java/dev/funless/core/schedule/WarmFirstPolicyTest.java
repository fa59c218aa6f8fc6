package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static dev.funless.core.schedule.FixedWorker.unreported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.core.Specs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WarmFirstPolicyTest {

  private final WarmFirstPolicy policy = new WarmFirstPolicy();

  private final FixedWorker cold = named("cold");
  private final FixedWorker loaded = named("loaded").loaded(Specs.SHA256, 0);
  private final FixedWorker waiting = named("waiting").loaded(Specs.SHA256, 1);

  @Test
  void goesWhereAnInstanceWaitsThenWhereTheCodeIsLoaded() {
    waiting.withSent(9);
    loaded.withSent(5);

    assertEquals(Map.of("waiting", 50), taken(50, cold, loaded, waiting));
    assertEquals(Map.of("loaded", 50), taken(50, cold, loaded));
    assertEquals(Map.of("cold", 50), taken(50, cold));
  }

  @Test
  void otherCodeDoesNotCount() {
    FixedWorker other = named("a").loaded("other", 3).withSent(1);

    assertEquals(Map.of("cold", 50), taken(50, other, cold));
  }

  @Test
  void ofTheSameWarmthTheLeastBusyIsTaken() {
    FixedWorker busier = named("a").loaded(Specs.SHA256, 7).withOthers(1);

    assertEquals(Map.of("waiting", 50), taken(50, busier, waiting));
    assertEquals(Map.of("cold", 50), taken(50, named("a").withSent(1), cold));
  }

  @Test
  void leavesEqualsToChance() {
    Map<String, Integer> taken =
        taken(3_000, waiting, named("a").loaded(Specs.SHA256, 2), unreported("x"));

    assertEquals(1_500, taken.get("a"), 150);
    assertEquals(1_500, taken.get("waiting"), 150);
  }

  @Test
  void passesOverAWarmWorkerWhoseMemoryDoesNotFit() {
    assertEquals(Map.of("cold", 50), taken(50, cold, waiting.withMemory(MIB - 1)));
  }

  private Map<String, Integer> taken(int times, Worker... workers) {
    Random random = new Random(1);
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < times; i++) {
      Selection selection =
          policy.select(
              new WarmFirstConfig(),
              List.of(workers),
              Situations.needing(MIB),
              Situations.chance(random));
      taken.merge(((Selection.Chosen) selection).worker().name(), 1, Integer::sum);
    }
    return taken;
  }
}
