package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.unreported;
import static dev.funless.core.schedule.Situations.chance;
import static dev.funless.core.schedule.Situations.needing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.workers.Reports;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.protocol.message.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultPolicyTest {

  private static final DefaultConfig CONFIG = new DefaultConfig(Optional.empty());

  private final DefaultPolicy policy = new DefaultPolicy();

  private static FixedWorker with(String name, long availableBytes, int sent) {
    return FixedWorker.named(name).withMemory(availableBytes).withSent(sent);
  }

  @Test
  void takesTheWorkerWithTheMostAvailableMemory() {
    assertEquals(
        "b", chosen(1, with("a", 300 * MIB, 0), with("b", 500 * MIB, 9), with("c", MIB, 0)));
  }

  @Test
  void passesOverWorkersWhoseMemoryDoesNotFit() {
    assertInstanceOf(Selection.None.class, select(2 * MIB, with("a", 2 * MIB - 1, 0)));
    assertEquals("a", chosen(2 * MIB, with("a", 2 * MIB, 0)));
  }

  @Test
  void saysHowMuchMemoryIsMissing() {
    Selection.None none =
        assertInstanceOf(Selection.None.class, select(64 * MIB, with("a", MIB, 0)));

    assertEquals(
        "No worker has the 65536 KiB of memory available that the function needs.", none.reason());
  }

  @Test
  void takesAWorkerThatHasNotReportedOnlyWhereNobodyElseFits() {
    assertEquals("a", chosen(MIB, unreported("c").withSent(0), with("a", MIB, 100)));
    assertEquals("c", chosen(2 * MIB, unreported("c").withSent(0), with("a", MIB, 0)));
  }

  @Test
  void prefersFewerCallsAmongEquals() {
    assertEquals("b", chosen(1, with("a", MIB, 2), with("b", MIB, 1), with("c", MIB, 3)));
    assertEquals("y", chosen(1, unreported("x").withSent(1), unreported("y").withSent(0)));
  }

  @Test
  void leavesEqualsToChanceEvenly() {
    Random random = new Random(1);
    Map<String, Integer> taken = new HashMap<>();
    List<Worker> workers = List.of(with("a", MIB, 0), with("b", MIB, 0), with("c", MIB, 0));
    for (int i = 0; i < 3_000; i++) {
      Selection selection = policy.select(CONFIG, workers, needing(1), chance(random));
      taken.merge(((Selection.Chosen) selection).worker().name(), 1, Integer::sum);
    }

    assertEquals(3, taken.size());
    taken.values().forEach(times -> assertTrue(times > 900 && times < 1_100, taken::toString));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverTakesAWorkerThatDoesNotFitOrIsWorse(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        workers.add(
            random.nextInt(5) == 0
                ? unreported("w" + i).withSent(random.nextInt(3))
                : with("w" + i, random.nextInt(10) * MIB, random.nextInt(3)));
      }
      Call call = needing(random.nextInt(10) * MIB);
      List<Worker> valid =
          workers.stream()
              .filter(
                  w -> !w.reported() || w.memoryAvailableBytes() >= call.function().capacityBytes())
              .toList();

      switch (policy.select(CONFIG, workers, call, chance(random))) {
        case Selection.Chosen(Worker worker, Admission admission, Optional<String> fallback) -> {
          assertTrue(admission.isOpen() && fallback.isEmpty());
          assertTrue(valid.contains(worker), () -> worker + " does not fit " + call.function());
          for (Worker other : valid) {
            assertTrue(
                worker.memoryAvailableBytes() > other.memoryAvailableBytes()
                    || (worker.memoryAvailableBytes() == other.memoryAvailableBytes()
                        && worker.sent() <= other.sent()),
                () -> other + " is better than " + worker);
          }
        }
        case Selection.None _ -> assertTrue(valid.isEmpty(), () -> "one of " + valid + " fits");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void spreadsABurstOverEqualWorkersWithinOne(int count) {
    WorkerRegistry registry = new WorkerRegistry("core", Duration.ofSeconds(3), 1_000, 1L << 30);
    for (int i = 0; i < count; i++) {
      registry.joined(new Node("id" + i, Role.WORKER, "w" + i, "", ""));
      registry.reported(Reports.of("id" + i, 1_000 * MIB, 0), 0);
    }
    Random random = new Random(count);
    Call call = needing(MIB);
    int calls = 101;
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < calls; i++) {
      Selection selection =
          policy.select(
              CONFIG,
              registry.candidates(Set.of(), 10, 1, Explanation.UNWANTED),
              call,
              chance(random));
      String id = assertInstanceOf(Selection.Chosen.class, selection).worker().id();
      registry.reserve(id, call.function(), 10);
      taken.merge(id, 1, Integer::sum);
    }

    assertEquals(count, taken.size());
    taken
        .values()
        .forEach(
            times ->
                assertTrue(
                    times == calls / count || times == (calls + count - 1) / count,
                    taken::toString));
  }

  private String chosen(long capacityBytes, Worker... workers) {
    return assertInstanceOf(Selection.Chosen.class, select(capacityBytes, workers)).worker().name();
  }

  private Selection select(long capacityBytes, Worker... workers) {
    return policy.select(CONFIG, List.of(workers), needing(capacityBytes), chance(7));
  }
}
