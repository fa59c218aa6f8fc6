package dev.funless.core.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.invoke.DecisionLog.History;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionLogTest {

  private static final FunctionId F = new FunctionId("_", "f");
  private static final long SECOND = 1_000_000_000L;

  private final DecisionLog log = new DecisionLog();

  private static Decision decision(int number) {
    return new Decision("i" + number, 0, "core1", "{}", Optional.empty(), "", List.of());
  }

  private static FunctionId function(int number) {
    return new FunctionId("_", "f" + number);
  }

  /** How many of so many decisions at that time are explained to nobody in particular. */
  private int explained(int decisions, long nanos) {
    return (int)
        IntStream.range(0, decisions)
            .filter(_ -> log.of(F).explanation(false, nanos).wanted())
            .count();
  }

  @Test
  void keepsTheLastSixteenOldestFirst() {
    for (int i = 0; i < 20; i++) {
      log.of(F).keep(decision(i));
    }

    assertEquals(
        IntStream.range(4, 20).mapToObj(i -> "i" + i).toList(),
        log.last(F).stream().map(Decision::invocationId).toList());
  }

  @Test
  void keepsFunctionsApart() {
    log.of(F).keep(decision(1));

    assertEquals(List.of(decision(1)), log.last(F));
    assertEquals(List.of(), log.last(function(2)));
  }

  @Test
  void whatWasReadDoesNotChange() {
    log.of(F).keep(decision(1));
    List<Decision> read = log.last(F);

    log.of(F).keep(decision(2));

    assertEquals(List.of(decision(1)), read);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - SECOND, 123_456_789})
  void explainsSixteenAtOnceAndThenOneASecond(long start) {
    assertEquals(16, explained(50, start));
    assertEquals(0, explained(50, start + SECOND - 1));
    assertEquals(1, explained(50, start + SECOND));
    assertEquals(0, explained(50, start + 2 * SECOND - 1));
    assertEquals(1, explained(50, start + 2 * SECOND));
    assertEquals(3, explained(50, start + 5 * SECOND));
  }

  @Test
  void partsOfASecondAreNotLost() {
    assertEquals(16, explained(16, 0));

    int explained = 0;
    for (int tenths = 6; tenths <= 600; tenths += 6) {
      explained += explained(1, tenths * SECOND / 10);
    }

    assertEquals(60, explained, "in a minute of a decision every 0.6 seconds");
  }

  @Test
  void saysNothingForLongAndExplainsSixteenAtOnceAgain() {
    assertEquals(16, explained(50, 0));
    assertEquals(16, explained(50, 1_000 * SECOND));
    assertEquals(0, explained(50, 1_000 * SECOND + SECOND - 1));
  }

  @Test
  void aRareDecisionIsAlwaysExplained() {
    for (int i = 0; i < 100; i++) {
      assertEquals(1, explained(1, i * SECOND));
    }
  }

  @Test
  void whoAsksIsAlwaysToldAndTakesNothingFromTheOthers() {
    History history = log.of(F);
    for (int i = 0; i < 100; i++) {
      assertTrue(history.explanation(true, 0).wanted());
    }

    assertEquals(16, explained(50, 0));
    assertTrue(history.explanation(true, 0).wanted());
    assertFalse(history.explanation(false, 0).wanted());
  }

  @Test
  void eachFunctionHasAnAllowanceOfItsOwn() {
    assertEquals(16, explained(50, 0));
    assertTrue(log.of(function(2)).explanation(false, 0).wanted());
  }

  @Test
  void turnsCountTheDecisionsOfAFunction() {
    for (int i = 0; i < 5; i++) {
      assertEquals(i, log.of(F).nextTurn());
    }
    assertEquals(0, log.of(function(2)).nextTurn());
    assertEquals(5, log.of(F).nextTurn());
  }

  @Test
  void forgetsTheFunctionThatWasCalledLongestAgo() {
    for (int i = 0; i < 1_000; i++) {
      log.of(function(i)).keep(decision(i));
    }
    log.of(function(0));

    log.of(function(1_000)).keep(decision(1_000));

    assertEquals(List.of(decision(0)), log.last(function(0)), "it was called since");
    assertEquals(List.of(), log.last(function(1)));
    assertEquals(List.of(decision(2)), log.last(function(2)));
    assertEquals(List.of(decision(1_000)), log.last(function(1_000)));
  }

  @Test
  void askingForUnknownFunctionsForgetsNone() {
    log.of(F).keep(decision(1));
    for (int i = 0; i < 2_000; i++) {
      assertEquals(List.of(), log.last(function(i)));
    }

    assertEquals(List.of(decision(1)), log.last(F));
  }
}
