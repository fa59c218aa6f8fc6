package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashPolicyTest {

  private static final int KEYS = 10_000;

  /** The name of the worker that a key goes to. */
  private interface Decide {
    String worker(String key, List<Worker> workers);
  }

  private static String right(String key, List<Worker> workers) {
    return chosen("key", "{\"key\":\"" + key + "\"}", workers);
  }

  private static String chosen(String path, String args, List<Worker> workers) {
    Selection selection =
        new HashPolicy()
            .select(
                new HashConfig(path),
                workers,
                Situations.withArgs(args),
                new Circumstances(
                    Situations.CORE, 0, new Random(0), Advice.NOT_ASKED, Explanation.UNWANTED));
    return ((Selection.Chosen) selection).worker().name();
  }

  private static List<Worker> workers(int count) {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(FixedWorker.named("worker" + i));
    }
    return workers;
  }

  /** By key. */
  private static Map<String, String> placed(Decide decide, List<Worker> workers) {
    Map<String, String> placed = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      placed.put("customer" + i, decide.worker("customer" + i, workers));
    }
    return placed;
  }

  private static Map<String, Integer> counts(Map<String, String> placed) {
    Map<String, Integer> counts = new TreeMap<>();
    placed.values().forEach(worker -> counts.merge(worker, 1, Integer::sum));
    return counts;
  }

  private static Optional<String> unstable(Decide decide) {
    Map<String, String> first = placed(decide, workers(8));
    List<Worker> busy = workers(8);
    busy.forEach(worker -> ((FixedWorker) worker).withSent(9).withMemory(1).tagged("x"));
    return first.equals(placed(decide, busy)) && first.equals(placed(decide, workers(8).reversed()))
        ? Optional.empty()
        : Optional.of("a key went elsewhere");
  }

  /** Keys of others that move when a worker leaves, or move elsewhere when it comes back. */
  private static Optional<String> moved(Decide decide) {
    List<Worker> all = workers(8);
    Map<String, String> before = placed(decide, all);
    for (Worker lost : all) {
      List<Worker> others = all.stream().filter(worker -> !worker.equals(lost)).toList();
      Map<String, String> after = placed(decide, others);
      for (Map.Entry<String, String> key : before.entrySet()) {
        boolean wasThere = key.getValue().equals(lost.name());
        boolean isMoved = !key.getValue().equals(after.get(key.getKey()));
        if (wasThere != isMoved) {
          return Optional.of(key + " went to " + after.get(key.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> uneven(Decide decide) {
    Map<String, Integer> counts = counts(placed(decide, workers(8)));
    double share = KEYS / 8.0;
    boolean even =
        counts.size() == 8
            && counts.values().stream().allMatch(n -> Math.abs(n - share) <= 0.15 * share);
    return even ? Optional.empty() : Optional.of(counts.toString());
  }

  @Test
  void theSameKeyAlwaysGoesToTheSameWorker() {
    Random random = new Random(1);

    assertEquals(Optional.empty(), unstable(HashPolicyTest::right));
    assertTrue(unstable((_, workers) -> any(workers, random)).isPresent());
    assertTrue(unstable(HashPolicyTest::byRemainder).isPresent(), "it goes by the order");
  }

  /** Cores of two versions must agree, as must a core and what it was before an update. */
  @ParameterizedTest
  @CsvSource({
    "customer0, worker3",
    "customer1, worker2",
    "customer2, worker7",
    "7, worker5",
    "true, worker5",
    "schlüssel, worker1",
    "🦉, worker4",
    "'', worker5"
  })
  void aKeyKeepsItsWorkerFromVersionToVersion(String key, String worker) {
    assertEquals(worker, right(key, workers(8)));
  }

  @Test
  void onlyTheKeysOfAWorkerThatLeavesMoveAndComeBackWithIt() {
    assertEquals(Optional.empty(), moved(HashPolicyTest::right));
    assertTrue(moved(HashPolicyTest::byRemainder).isPresent());
  }

  @Test
  void keysAreSpreadEvenly() {
    assertEquals(Optional.empty(), uneven(HashPolicyTest::right));
    assertTrue(uneven((_, workers) -> workers.getFirst().name()).isPresent());
    assertTrue(uneven((key, w) -> w.get(Math.min(key.length() - 9, 7)).name()).isPresent());
  }

  @Test
  void keysOfAWorkerThatLeavesAreSpreadEvenly() {
    List<Worker> all = workers(8);
    Map<String, String> before = placed(HashPolicyTest::right, all);
    Map<String, String> after = placed(HashPolicyTest::right, all.subList(1, 8));
    Map<String, Integer> heirs = new TreeMap<>();
    before.forEach(
        (key, worker) -> {
          if (worker.equals("worker0")) {
            heirs.merge(after.get(key), 1, Integer::sum);
          }
        });

    assertEquals(7, heirs.size());
    heirs.values().forEach(n -> assertEquals(KEYS / 56.0, n, 60, heirs::toString));
  }

  private static String any(List<Worker> workers, Random random) {
    return workers.get(random.nextInt(workers.size())).name();
  }

  private static String byRemainder(String key, List<Worker> workers) {
    return workers.get(Math.floorMod(key.hashCode(), workers.size())).name();
  }

  /** "1P" and "21" have the same {@code hashCode}. */
  @Test
  void workersWhoseNamesHaveTheSameHashCodeShareTheKeys() {
    assertEquals("worker1P".hashCode(), "worker21".hashCode());
    Map<String, Integer> counts =
        counts(
            placed(
                HashPolicyTest::right,
                List.of(FixedWorker.named("worker1P"), FixedWorker.named("worker21"))));

    assertEquals(KEYS / 2, counts.get("worker1P"), 250);
    assertEquals(KEYS / 2, counts.get("worker21"), 250);
  }

  @Test
  void aKeyWhoseWorkerIsFullGoesElsewhereUntilItFitsAgain() {
    List<Worker> workers = workers(3);
    String first = chosen("k", "{\"k\":1}", workers);
    FixedWorker full =
        (FixedWorker)
            workers.stream()
                .filter(worker -> worker.name().equals(first))
                .findFirst()
                .orElseThrow();

    full.withMemory(0);
    assertNotEquals(first, chosen("k", "{\"k\":1}", workers));
    full.withMemory(1);
    assertEquals(first, chosen("k", "{\"k\":1}", workers));
  }

  /** What is taken for the key; empty for none. */
  @ParameterizedTest
  @CsvSource({
    "k, '{\"k\":\"x\"}', x",
    "k, '{\"k\":7}', 7",
    "k, '{\"k\":\"7\"}', 7",
    "k, '{\"k\":7.50}', 7.50",
    "k, '{\"k\":true}', true",
    "k, '{\"k\":null}', null",
    "k, '{\"k\":[1, {\"a\": 2}]}', '[1,{\"a\":2}]'",
    "k, '{\"a\":{\"k\":1},\"b\":[{\"k\":2}],\"k\":3}', 3",
    "customer.id, '{\"customer\": {\"name\": \"n\", \"id\": \"c1\"}}', c1",
    "a.b.c, '{\"a\":{\"c\":0,\"b\":{\"c\":\"deep\"}}}', deep",
    "a.b, '{\"a.b\":1}', ''",
    "a.b, '{\"a\":{\"c\":1}}', ''",
    "a.b, '{\"a\":7}', ''",
    "a.b, '{\"a\":[{\"b\":1}]}', ''",
    "a, '{}', ''",
    "a, '[]', ''",
    "a, '7', ''",
    "a, '', ''",
    "a, 'no json', ''",
    "a, '{\"a\":', ''",
    "a, '{\"a\":[1,', ''",
    "., '{\"\":{\"\":\"empty\"}}', empty",
    "a., '{\"a\":{\"\":\"last\"}}', last",
    "schlüssel, '{\"schlüssel\":\"ß\"}', ß"
  })
  void findsTheKeyInTheArguments(String path, String args, String key) {
    assertEquals(key, Arguments.text(args.getBytes(StandardCharsets.UTF_8), path));
  }

  @Test
  void callsWithoutTheKeyGoToOneWorker() {
    Set<String> taken = new HashSet<>();
    for (String args : List.of("{}", "{\"other\":1}", "[1]", "", "broken")) {
      taken.add(chosen("k", args, workers(8)));
    }

    assertEquals(1, taken.size());
  }

  @Test
  void textsAndNumbersThatReadTheSameGoToOneWorker() {
    for (int i = 0; i < 100; i++) {
      assertEquals(
          chosen("k", "{\"k\":%d}".formatted(i), workers(8)),
          chosen("k", "{\"k\":\"%d\"}".formatted(i), workers(8)));
    }
  }

  @Test
  void takesNothingFromTheFunctionOrFromChance() {
    Selection one =
        new HashPolicy()
            .select(
                new HashConfig("k"),
                workers(8),
                Situations.of(Specs.tagged("other"), "{\"k\":1}"),
                Situations.chance(99));

    assertEquals(chosen("k", "{\"k\":1}", workers(8)), ((Selection.Chosen) one).worker().name());
  }

  @Test
  void aKeyMustBeNamed() {
    assertThrows(IllegalArgumentException.class, () -> new HashConfig(""));
    assertThrows(IllegalArgumentException.class, () -> new HashConfig(null));
    assertThrows(IllegalArgumentException.class, () -> new HashConfig("x".repeat(201)));
    assertFalse(new HashConfig("x".repeat(200)).key().isEmpty());
  }
}
