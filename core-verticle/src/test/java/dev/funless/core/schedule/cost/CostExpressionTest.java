package dev.funless.core.schedule.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostExpressionTest {

  private static final double[] MILLIS = {10, 3, 0.5};
  private static final Map<String, Double> PARAMETERS =
      Map.of("items", 4.0, "less", -7.0, "_x1Y", 2.0, "huge", Double.POSITIVE_INFINITY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "7|7",
        "007.250|7.25",
        "A|10",
        "B|3",
        "A+B+C|13.5",
        "2*A+B|23",
        "B+2*A|23",
        "2*(A+B)|26",
        "2*A*B|60",
        "((A))|10",
        "' 2 * A\t+\n\r B '|23",
        "A+A|20",
        "max(A)|10",
        "max(A,B)|10",
        "max(C, B, 4)|4",
        "max(A,B)*C+max(B,C)|8",
        "max(A+B, 2*max(B, 7))|14",
        "items|4",
        "_x1Y|2",
        "nat(items)*A|40",
        "nat(less)*A + B|3",
        "nat( A )|10",
        "nat(absent)|0",
        "absent*A|0",
        "items*A + less*B|19",
        // A cost is never negative, but parts of it may be.
        "less|0",
        "less*A|0",
        "A + less|3",
        "less*less|49",
        "max(less, less*2)|0",
        "max(less, less*2) + 8|1",
        "2*A + max(B, nat(items))|24"
      })
  void evaluates(String text, double cost) {
    assertEquals(cost, evaluate(CostExpression.parse(text, 3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|1: a value must stand there, not the end",
        "'  '|3: a value must stand there, not the end",
        "A+|3: a value must stand there, not the end",
        "+A|1: a value must stand there, not '+'",
        "A**B|3: a value must stand there, not '*'",
        "A-B|2: '+', '*' or the end must stand there, not '-'",
        "-1|1: a value must stand there, not '-'",
        "A/2|2: '+', '*' or the end must stand there, not '/'",
        "2A|2: '+', '*' or the end must stand there, not 'A'",
        "A B|3: '+', '*' or the end must stand there, not 'B'",
        "A items|3: '+', '*' or the end must stand there, not 'items'",
        "1e3|2: '+', '*' or the end must stand there, not 'e3'",
        "1.|3: a digit must stand there, not the end",
        "1.x|3: a digit must stand there, not 'x'",
        "1.5.5|4: '+', '*' or the end must stand there, not '.'",
        ".5|1: a value must stand there, not '.'",
        "A,B|2: '+', '*' or the end must stand there, not ','",
        "A)|2: '+', '*' or the end must stand there, not ')'",
        "(A|3: '+', '*' or ')' must stand there, not the end",
        "(A,B)|3: '+', '*' or ')' must stand there, not ','",
        "()|2: a value must stand there, not ')'",
        "max|4: '(' must stand there, not the end",
        "max + A|5: '(' must stand there, not '+'",
        "max()|5: a value must stand there, not ')'",
        "max(A,)|7: a value must stand there, not ')'",
        "max(A B)|7: '+', '*', ',' or ')' must stand there, not 'B'",
        "max(A|6: '+', '*', ',' or ')' must stand there, not the end",
        "nat|4: '(' must stand there, not the end",
        "nat()|5: a variable must stand there, not ')'",
        "nat(3)|5: a variable must stand there, not '3'",
        "nat(A+B)|6: ')' must stand there, not '+'",
        "nat(x|6: ')' must stand there, not the end",
        "nat(max(A,B))|5: 'max' is a function, not a variable",
        "nat(nat(x))|5: 'nat' is a function, not a variable",
        "min(A,B)|1: there is no function 'min', only max and nat",
        "Max(A,B)|1: there is no function 'Max', only max and nat",
        "2*A (B)|3: there is no function 'A', only max and nat",
        "D|1: there is no service D, only A to C are declared",
        "A + Z*2|5: there is no service Z, only A to C are declared",
        "A + nat(E)|9: there is no service E, only A to C are declared",
        "AB|1: 'AB' is neither a service, one capital letter, nor a parameter, which begins with a"
            + " small one",
        "A + Items|5: 'Items' is neither a service, one capital letter, nor a parameter, which"
            + " begins with a small one",
        "A = B|3: '+', '*' or the end must stand there, not '='",
        "µ|1: a value must stand there, not U+00B5",
        "\uD83D\uDE80|1: a value must stand there, not U+1F680",
        "'A\u0000'|2: '+', '*' or the end must stand there, not U+0000",
        "'A\u00A0'|2: '+', '*' or the end must stand there, not U+00A0"
      })
  void saysWhatIsWrong(String text, String sentence) {
    assertEquals("cost is wrong at character " + sentence, message(text, 3));
  }

  @Test
  void aLetterMustBeADeclaredService() {
    assertEquals(
        "cost is wrong at character 1: there is no service A, none is declared", message("A", 0));
    assertEquals(
        "cost is wrong at character 1: there is no service B, only A is declared", message("B", 1));
    assertEquals(4, evaluate(CostExpression.parse("items", 0)));
    assertEquals(1, CostExpression.parse("Z", 26).evaluate(service -> service - 24, _ -> 0));
  }

  @Test
  void boundsTheText() {
    String longest = "A" + "+1".repeat(499) + " ";

    assertEquals(509, evaluate(CostExpression.parse(longest, 1)));
    assertEquals(
        "cost is wrong at character 1001: there may be at most 1000 characters",
        message(longest + " ", 1));
    assertEquals(Double.MAX_VALUE, evaluate(CostExpression.parse("9".repeat(1_000), 0)));
    assertTrue(message("A".repeat(1_000), 1).length() < 200);
    assertTrue(message("A " + "b".repeat(998), 1).length() < 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "max(", "2*(", "1+max(0,"})
  void boundsTheNesting(String open) {
    String deepest = open.repeat(50) + "A" + ")".repeat(50);

    CostExpression.parse(deepest, 1);
    assertEquals(
        "cost is wrong at character %d: brackets may nest at most 50 deep"
            .formatted(open.length() * 50 + open.indexOf('(') + 1),
        message(open + deepest + ")", 1));
  }

  @Test
  void bracketsSideBySideDoNotNest() {
    assertEquals(1_000, evaluate(CostExpression.parse("(A)" + "+(A)".repeat(99), 1)));
  }

  @Test
  void theDefaultIsTheSum() {
    assertEquals(0, evaluate(CostExpression.sum(0)));
    assertEquals(10, evaluate(CostExpression.sum(1)));
    assertEquals(13.5, evaluate(CostExpression.sum(3)));
    assertEquals(26, CostExpression.sum(26).evaluate(_ -> 1, _ -> 0));
    assertEquals(CostExpression.parse("A+B+C", 3), CostExpression.sum(3));
    assertFalse(CostExpression.sum(3).hasParameters());
  }

  @Test
  void rejectsANumberOfServicesForWhichThereAreNoLetters() {
    assertThrows(IllegalArgumentException.class, () -> CostExpression.sum(27));
    assertThrows(IllegalArgumentException.class, () -> CostExpression.sum(-1));
    assertThrows(IllegalArgumentException.class, () -> CostExpression.parse("1", 27));
  }

  @Test
  void tellsItsParameters() {
    assertFalse(CostExpression.parse("max(A, 2*B)", 2).hasParameters());
    CostExpression cost = CostExpression.parse("items*A + max(nat(_n), items)", 1);
    assertTrue(cost.hasParameters());
    assertEquals(Set.of("items", "_n"), cost.parameters());
  }

  @Test
  void isAskedForNoParameterOnceTheyAreBound() {
    CostExpression cost = CostExpression.parse("nat(low) + A * items + max(B, nat(items))", 2);
    CostExpression bound = cost.bound(name -> name.equals("items") ? 3 : -2);

    assertEquals(CostExpression.parse("0 + A * 3 + max(B, 3)", 2), bound);
    assertFalse(bound.hasParameters());
  }

  @Test
  void isTheSameForAllCallsWhereItHasNoParameters() {
    CostExpression cost = CostExpression.parse("A + nat(B)", 2);

    assertSame(cost, cost.bound(_ -> 1));
  }

  @Test
  void staysFiniteAndIsNeverNegative() {
    ServiceLatencies endless = _ -> Double.POSITIVE_INFINITY;
    ToDoubleFunction<String> extreme =
        name ->
            switch (name) {
              case "nan" -> Double.NaN;
              case "low" -> Double.NEGATIVE_INFINITY;
              default -> Double.POSITIVE_INFINITY;
            };

    assertEquals(Double.MAX_VALUE, CostExpression.parse("A*A + A", 1).evaluate(endless, extreme));
    assertEquals(0, CostExpression.parse("0*high*high", 0).evaluate(endless, extreme));
    assertEquals(0, CostExpression.parse("high*high + low*high", 0).evaluate(endless, extreme));
    assertEquals(0, CostExpression.parse("low*low*low", 0).evaluate(endless, extreme));
    assertEquals(3, CostExpression.parse("nan*A + 3", 1).evaluate(endless, extreme));
    assertEquals("0.0", "" + CostExpression.parse("0*low", 0).evaluate(endless, extreme));
  }

  @Test
  void whatIsNoLatencyIsUnknown() {
    assertEquals(999_999, CostExpression.sum(1).evaluate(_ -> Double.NaN, _ -> 0));
    assertEquals(999_999, CostExpression.sum(1).evaluate(_ -> -1, _ -> 0));
  }

  private static double evaluate(CostExpression cost) {
    return cost.evaluate(service -> MILLIS[service], name -> PARAMETERS.getOrDefault(name, 0.0));
  }

  private static String message(String text, int services) {
    return assertThrows(IllegalArgumentException.class, () -> CostExpression.parse(text, services))
        .getMessage();
  }
}
