package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every decision of the policies without scripts, and that it can fail. */
class PolicyPropertiesTest {

  private static final int CASES = 10_000;
  private static final long UNIT = FixedWorker.MIB;

  /** The policies. */
  private enum Kind {
    DEFAULT,
    LEAST_LOADED,
    POWER_OF_TWO,
    ROUND_ROBIN,
    WARM_FIRST,
    HASH;

    PolicyConfig config() {
      return switch (this) {
        case DEFAULT -> new DefaultConfig(Optional.empty());
        case LEAST_LOADED -> new LeastLoadedConfig();
        case POWER_OF_TWO -> new PowerOfTwoConfig();
        case ROUND_ROBIN -> new RoundRobinConfig();
        case WARM_FIRST -> new WarmFirstConfig();
        case HASH -> new HashConfig("key");
      };
    }

    /** Whether it may not take {@code b} where {@code a} fits too. */
    boolean isBetter(Worker a, Worker b) {
      return switch (this) {
        case DEFAULT -> hasMoreMemory(a, b);
        case LEAST_LOADED -> isLessBusy(a, b);
        case WARM_FIRST -> isWarmer(a, b);
        case POWER_OF_TWO, ROUND_ROBIN, HASH -> false;
      };
    }
  }

  /** Decides by a configuration on workers, for a function that needs so much. */
  private interface Decide {
    Selection select(PolicyConfig config, List<Worker> workers, long bytes, long turn);
  }

  private static final Policies POLICIES = Policies.builtIn();

  private final Random chance = new Random(3);

  private Selection right(PolicyConfig config, List<Worker> workers, long bytes, long turn) {
    return POLICIES.select(
        config,
        workers,
        Situations.of(Specs.needing(bytes), "{\"key\":%d}".formatted(turn)),
        new Circumstances(Situations.CORE, turn, chance, Advice.NOT_ASKED, Explanation.UNWANTED));
  }

  private static boolean hasMoreMemory(Worker a, Worker b) {
    long more = a.memoryAvailableBytes() - b.memoryAvailableBytes();
    return more > 0 || (more == 0 && a.sent() < b.sent());
  }

  private static boolean isLessBusy(Worker a, Worker b) {
    return load(a) < load(b) - 1e-9;
  }

  private static double load(Worker worker) {
    return (double) worker.calls() / Math.max(1, worker.places());
  }

  private static boolean isWarmer(Worker a, Worker b) {
    int more = warmth(a) - warmth(b);
    return more > 0 || (more == 0 && isLessBusy(a, b));
  }

  private static int warmth(Worker worker) {
    boolean waits = worker.idleInstances(Specs.SHA256) > 0;
    return waits ? 2 : worker.hasLoaded(Specs.SHA256) ? 1 : 0;
  }

  @ParameterizedTest
  @EnumSource
  void takesAWorkerThatFitsAndNoBetterOneIsLeft(Kind kind) {
    assertEquals(Optional.empty(), misfit(kind, this::right));
    assertEquals(Optional.empty(), passedOver(kind, this::right));
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyThatIgnoresTheCapacityIsFoundOut(Kind kind) {
    assertTrue(misfit(kind, (config, workers, _, t) -> right(config, workers, 0, t)).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyThatGivesUpWhereOneFitsIsFoundOut(Kind kind) {
    Decide strict = (config, workers, bytes, t) -> right(config, workers, bytes + UNIT, t);

    assertTrue(misfit(kind, strict).isPresent());
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "LEAST_LOADED", "WARM_FIRST"})
  void aPolicyThatGoesByAnotherFigureIsFoundOut(Kind kind) {
    for (Kind other : Kind.values()) {
      Decide wrong = (_, workers, bytes, turn) -> right(other.config(), workers, bytes, turn);
      assertEquals(kind != other, passedOver(kind, wrong).isPresent(), other::toString);
    }
  }

  /** The first decision for a worker that does not fit, or for none where one does. */
  private static Optional<String> misfit(Kind kind, Decide decide) {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      List<Worker> workers = workers(random);
      long bytes = random.nextInt(8) * UNIT;
      List<Worker> fitting = workers.stream().filter(w -> fits(w, bytes)).toList();
      boolean holds =
          switch (decide.select(kind.config(), workers, bytes, i)) {
            case Selection.Chosen chosen ->
                fitting.contains(chosen.worker()) && chosen.admission().isOpen();
            case Selection.None none ->
                fitting.isEmpty()
                    && none.reason()
                        .equals(
                            "No worker has the %d KiB of memory available that the function needs."
                                .formatted(bytes / 1024));
          };
      if (!holds) {
        return Optional.of("case " + i + ": " + workers);
      }
    }
    return Optional.empty();
  }

  /** The first decision that passed over a better worker. */
  private static Optional<String> passedOver(Kind kind, Decide decide) {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      List<Worker> workers = workers(random);
      long bytes = random.nextInt(8) * UNIT;
      if (decide.select(kind.config(), workers, bytes, i) instanceof Selection.Chosen chosen) {
        for (Worker other : workers) {
          if (fits(other, bytes) && kind.isBetter(other, chosen.worker())) {
            return Optional.of(chosen.worker() + " was taken, not " + other);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Worker worker, long bytes) {
    return !worker.reported() || worker.memoryAvailableBytes() >= bytes;
  }

  private static List<Worker> workers(Random random) {
    List<Worker> workers = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      FixedWorker worker =
          random.nextInt(8) == 0
              ? FixedWorker.unreported("w" + i)
              : FixedWorker.named("w" + i)
                  .withMemory(random.nextInt(8) * UNIT)
                  .withPlaces(1 + random.nextInt(4))
                  .withOthers(random.nextInt(3));
      worker.withSent(random.nextInt(4));
      if (random.nextBoolean()) {
        worker.loaded(Specs.SHA256, random.nextInt(3));
      }
      workers.add(worker);
    }
    workers.sort(Comparator.comparing(Worker::name));
    return workers;
  }

  @Test
  void powerOfTwoNeverTakesTheBusiestOfAllAndOthersAreFoundOut() {
    assertEquals(Optional.empty(), takesTheBusiest(this::right));
    assertTrue(
        takesTheBusiest((_, w, b, t) -> right(Kind.ROUND_ROBIN.config(), w, b, t)).isPresent());
    assertTrue(takesTheBusiest((_, w, b, t) -> right(Kind.DEFAULT.config(), w, b, t)).isPresent());
  }

  private static Optional<String> takesTheBusiest(Decide decide) {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      List<Worker> workers = workers(random);
      Selection selection = decide.select(Kind.POWER_OF_TWO.config(), workers, 0, i);
      Worker chosen = ((Selection.Chosen) selection).worker();
      boolean isBusiest =
          workers.size() > 1
              && workers.stream().allMatch(w -> w.equals(chosen) || isLessBusy(w, chosen));
      if (isBusiest) {
        return Optional.of(chosen + " of " + workers);
      }
    }
    return Optional.empty();
  }

  @Test
  void roundRobinIsEvenWithinOneInEveryRunAndOthersAreFoundOut() {
    assertEquals(Optional.empty(), uneven(this::right));
    for (Kind other : Kind.values()) {
      Decide wrong = (_, workers, bytes, turn) -> right(other.config(), workers, bytes, turn);
      assertEquals(other != Kind.ROUND_ROBIN, uneven(wrong).isPresent(), other::toString);
    }
    Decide slow = (config, workers, bytes, turn) -> right(config, workers, bytes, turn / 2);
    assertTrue(uneven(slow).isPresent(), "each worker twice in a row");
    Decide unskipping =
        (config, workers, bytes, turn) ->
            right(config, workers, bytes, turn % workers.size() == 0 ? turn + 1 : turn);
    assertTrue(uneven(unskipping).isPresent(), "the first worker's turn goes to the second");
  }

  /** The first run, from any turn, in which a worker had two calls more than another. */
  private static Optional<String> uneven(Decide decide) {
    Random random = new Random(1);
    for (int i = 0; i < CASES / 20; i++) {
      List<Worker> workers = workers(random);
      long bytes = random.nextInt(8) * UNIT;
      List<Worker> fitting = workers.stream().filter(w -> fits(w, bytes)).toList();
      if (fitting.isEmpty()) {
        continue;
      }
      Map<Worker, Integer> calls = new HashMap<>();
      fitting.forEach(worker -> calls.put(worker, 0));
      int from = random.nextInt(1_000);
      int length = 1 + random.nextInt(20);
      for (int turn = from; turn < from + length; turn++) {
        Selection selection = decide.select(Kind.ROUND_ROBIN.config(), workers, bytes, turn);
        calls.merge(((Selection.Chosen) selection).worker(), 1, Integer::sum);
      }
      ToDoubleFunction<Worker> count = calls::get;
      double most = fitting.stream().mapToDouble(count).max().orElseThrow();
      double fewest = fitting.stream().mapToDouble(count).min().orElseThrow();
      if (most - fewest > 1) {
        return Optional.of(calls.toString());
      }
    }
    return Optional.empty();
  }
}
