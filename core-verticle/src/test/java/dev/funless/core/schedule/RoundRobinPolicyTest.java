package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundRobinPolicyTest {

  private final RoundRobinPolicy policy = new RoundRobinPolicy();

  @Test
  void takesTheWorkersInTurn() {
    assertEquals(
        List.of("a", "b", "c", "a", "b", "c", "a"),
        taken(0, 7, named("a"), named("b"), named("c")));
    assertEquals(List.of("c", "a"), taken(5, 2, named("a"), named("b"), named("c")));
  }

  @Test
  void passesOverWorkersWhoseMemoryDoesNotFit() {
    assertEquals(
        List.of("a", "c", "a", "c"),
        taken(0, 4, named("a"), named("b").withMemory(MIB - 1), named("c")));
  }

  @Test
  void goesOnWhereTheTurnsOverflow() {
    assertEquals(
        2, taken(Long.MAX_VALUE - 1, 2, named("a"), named("b")).stream().distinct().count());
    assertEquals(List.of("a", "b"), taken(Long.MIN_VALUE, 2, named("a"), named("b")));
  }

  private List<String> taken(long from, int count, Worker... workers) {
    return LongStream.range(0, count)
        .mapToObj(
            i ->
                policy.select(
                    new RoundRobinConfig(),
                    List.of(workers),
                    Situations.needing(MIB),
                    Situations.turn(from + i)))
        .map(selection -> ((Selection.Chosen) selection).worker().name())
        .toList();
  }
}
