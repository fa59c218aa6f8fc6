package dev.funless.bench.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.schedule.Worker;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionsTest {

  private static final int WORKERS = 40;

  @ParameterizedTest
  @EnumSource(Row.class)
  void everyRowDecidesAndIsMeasured(Row row) {
    Decisions decisions = new Decisions(Task.of(row, WORKERS));
    for (int i = 0; i < 5; i++) {
      decisions.batch();
    }
    Decisions.Figures figures = decisions.takeFigures();
    assertTrue(figures.p50Micros() > 0, figures::toString);
    assertTrue(figures.p99Micros() >= figures.p50Micros(), figures::toString);
    assertTrue(figures.bytes() > 0 || row == Row.LOG, figures::toString);
    assertEquals(row == Row.LOG, decisions.explained() > 0);
  }

  @Test
  void bestFirstFindsOnlyTheLastWorker() {
    assertEquals(List.of(WORKERS - 1), chosen(Row.APP_NAMED));
  }

  @Test
  void affinityRulesOutEverySecondWorker() {
    assertEquals(evenOnes(), chosen(Row.APP_AFFINITY));
  }

  @Test
  void theSecondSetTakesItsWorkersOfTheOwnZone() {
    List<Integer> chosen = chosen(Row.APP_SETS);
    assertTrue(
        chosen.stream().allMatch(index -> index % 2 == 0 && index % 3 == 0), chosen::toString);
  }

  @Test
  void nobodyIsTakenWhereNobodyIsValid() {
    assertEquals(List.of(), chosen(Row.APP_NOBODY));
  }

  private static List<Integer> evenOnes() {
    return IntStream.range(0, WORKERS).filter(index -> index % 2 == 0).boxed().toList();
  }

  /** Those that have more calls after some decisions than before. */
  private static List<Integer> chosen(Row row) {
    Decisions decisions = new Decisions(Task.of(row, WORKERS));
    List<Worker> workers = decisions.fleet().workers();
    List<Integer> before = workers.stream().map(Worker::sent).toList();
    boolean[] taken = new boolean[WORKERS];
    for (int batch = 0; batch < 10; batch++) {
      decisions.batch();
      for (int i = 0; i < WORKERS; i++) {
        taken[i] |= workers.get(i).sent() > before.get(i);
      }
    }
    return IntStream.range(0, WORKERS).filter(index -> taken[index]).boxed().toList();
  }
}
