package dev.funless.core.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AmountsTest {

  private static final long SEED = 20_26;
  private static final double ABSENT = 999_999;

  @Test
  void tellsWhatAMapTells() {
    Random random = new Random(SEED);
    Amounts amounts = new Amounts(ABSENT);
    Map<String, Double> expected = new HashMap<>();
    for (int step = 0; step < 50_000; step++) {
      String text = text(random.nextInt(300));
      switch (random.nextInt(3)) {
        case 0 -> {
          amounts.put(text, ABSENT);
          expected.remove(text);
        }
        case 1 -> {
          amounts.put(text, step);
          expected.put(text, (double) step);
        }
        default -> assertEquals(expected.getOrDefault(text, ABSENT), amounts.get(text));
      }
      if (random.nextInt(5_000) == 0) {
        amounts.clear();
        expected.clear();
      }
      assertEquals(expected.size(), amounts.size(), "after step " + step);
    }
    for (int number = 0; number < 300; number++) {
      String text = text(number);
      assertEquals(expected.getOrDefault(text, ABSENT), amounts.get(text), text);
    }
  }

  /** Another object each time; those of four numbers in a row have the same hash code. */
  private static String text(int number) {
    return "service-"
        + number / 4
        + (number % 2 == 0 ? "Aa" : "BB")
        + (number % 4 < 2 ? "Aa" : "BB");
  }

  @Test
  void countsUpAndDown() {
    Amounts amounts = new Amounts(0);
    amounts.add("a", 1);
    amounts.add("a", 1);
    amounts.add("b", -1);
    assertEquals(2, amounts.get("a"));
    assertEquals(-1, amounts.get("b"));
    amounts.add("a", -2);
    assertEquals(0, amounts.get("a"));
    assertEquals(1, amounts.size());
  }
}
