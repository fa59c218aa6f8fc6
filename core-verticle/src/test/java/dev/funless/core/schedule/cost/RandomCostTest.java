package dev.funless.core.schedule.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writes expressions at random, knowing what each is worth. */
class RandomCostTest {

  private static final long SEED = 392;
  private static final int EXPRESSIONS = 20_000;
  private static final List<String> NAMES = List.of("items", "_n", "a1", "maxi", "natX");

  private final Random random = new Random(SEED);

  /** A text, how strongly it binds (0 a sum, 1 a product, 2 by itself), and its worth. */
  private record Written(String text, int binding, DoubleSupplier worth) {

    String within(int other) {
      return binding < other ? "(" + text + ")" : text;
    }
  }

  private final int[] millis = new int[3];
  private final Map<String, Integer> parameters = new HashMap<>();
  private final Set<String> used = new TreeSet<>();

  @Test
  void isWorthWhatWasWritten() {
    for (int i = 0; i < EXPRESSIONS; i++) {
      used.clear();
      Written written = expression(4);
      if (written.text.length() > 1_000) {
        continue;
      }
      CostExpression cost = CostExpression.parse(written.text, millis.length);
      assertEquals(used, cost.parameters(), written.text);
      for (int worker = 0; worker < 3; worker++) {
        change();
        assertEquals(
            Math.max(0, written.worth.getAsDouble()),
            cost.evaluate(service -> millis[service], name -> parameters.getOrDefault(name, 0)),
            () -> written.text + " with " + parameters);
        assertEquals(
            cost.evaluate(service -> millis[service], name -> parameters.getOrDefault(name, 0)),
            cost.bound(name -> parameters.getOrDefault(name, 0))
                .evaluate(service -> millis[service], _ -> Double.NaN),
            () -> written.text + " bound to " + parameters);
      }
    }
  }

  @Test
  void damagedTextsAreReadOrRefused() {
    String alphabet = "AB3.+*(),maxnt _";
    for (int i = 0; i < EXPRESSIONS; i++) {
      StringBuilder text = new StringBuilder(expression(3).text);
      text.setLength(Math.min(text.length(), 900));
      for (int j = random.nextInt(3); j >= 0; j--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        text.insert(random.nextInt(text.length() + 1), c);
      }
      try {
        CostExpression.parse(text.toString(), millis.length);
      } catch (IllegalArgumentException e) {
        assertEquals(
            e.getMessage(),
            assertThrows(
                    IllegalArgumentException.class,
                    () -> CostExpression.parse(text.toString(), millis.length))
                .getMessage());
        assertEquals(0, e.getMessage().indexOf("cost is wrong at character "), e.getMessage());
      }
    }
  }

  private void change() {
    IntStream.range(0, millis.length).forEach(i -> millis[i] = random.nextInt(1_000));
    parameters.clear();
    NAMES.stream()
        .filter(_ -> random.nextInt(4) > 0)
        .forEach(name -> parameters.put(name, random.nextInt(-20, 20)));
  }

  private Written expression(int depth) {
    return switch (depth == 0 ? random.nextInt(4) : random.nextInt(10)) {
      case 0 -> constant();
      case 1 -> service();
      case 2 -> parameter();
      case 3 -> nat();
      case 4, 5 -> sum(parts(depth));
      case 6, 7 -> product(parts(depth));
      default -> max(parts(depth));
    };
  }

  private List<Written> parts(int depth) {
    return IntStream.rangeClosed(0, random.nextInt(4))
        .mapToObj(_ -> expression(depth - 1))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Written constant() {
    int value = random.nextInt(20);
    return new Written(value + (random.nextBoolean() ? ".0" : ""), 2, () -> value);
  }

  private Written service() {
    int index = random.nextInt(millis.length);
    return new Written(String.valueOf((char) ('A' + index)), 2, () -> millis[index]);
  }

  private Written parameter() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    used.add(name);
    return new Written(name, 2, () -> parameters.getOrDefault(name, 0));
  }

  private Written nat() {
    Written variable = random.nextBoolean() ? service() : parameter();
    return new Written(
        "nat(" + variable.text + ")",
        2,
        () -> variable.worth.getAsDouble() < 0 ? 0 : variable.worth.getAsDouble());
  }

  private Written sum(List<Written> parts) {
    return new Written(
        joined(parts, blank() + "+" + blank(), 1),
        parts.size() > 1 ? 0 : 1,
        () -> parts.stream().mapToDouble(part -> part.worth.getAsDouble()).reduce(0, Double::sum));
  }

  private Written product(List<Written> parts) {
    return new Written(
        joined(parts, blank() + "*" + blank(), 2),
        parts.size() > 1 ? 1 : 2,
        () ->
            parts.stream()
                .mapToDouble(part -> part.worth.getAsDouble())
                .reduce(1, (a, b) -> a * b));
  }

  private Written max(List<Written> parts) {
    return new Written(
        "max(" + joined(parts, blank() + "," + blank(), 0) + ")",
        2,
        () -> parts.stream().mapToDouble(part -> part.worth.getAsDouble()).max().orElseThrow());
  }

  private static String joined(List<Written> parts, String between, int binding) {
    return parts.stream().map(part -> part.within(binding)).collect(Collectors.joining(between));
  }

  private String blank() {
    return " ".repeat(random.nextInt(2));
  }
}
