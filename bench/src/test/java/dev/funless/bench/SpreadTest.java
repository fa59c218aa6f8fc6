package dev.funless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void takesTheMiddleFigureOfAnOddNumber() {
    assertEquals(new Spread(2, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
  }

  @Test
  void takesTheMeanOfTheTwoMiddleFiguresOfAnEvenNumber() {
    assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
  }

  @Test
  void rejectsNoFigures() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
  }

  @Test
  void printsWithTheDigitsAskedFor() {
    assertEquals("2.50 (1.00..9.00)", new Spread(2.5, 1, 9).text(2));
  }
}
