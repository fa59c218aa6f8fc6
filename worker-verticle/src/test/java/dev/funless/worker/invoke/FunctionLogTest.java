package dev.funless.worker.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLogTest {

  @Test
  void whatIsOneLineIsWrittenAsItIs() {
    String text = "a \"quoted\" one, Grüße, 世界, \uD83D\uDE80 {} %s";

    assertSame(text, FunctionLog.oneLine(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "000a|\\n",
        "000d|\\r",
        "0009|\\t",
        "005c|\\\\",
        "0000|\\u0000",
        "001b|\\u001b",
        "007f|\\u007f",
        "0085|\\u0085",
        "009b|\\u009b",
        "2028|\\u2028",
        "2029|\\u2029",
        "202e|\\u202e",
        "200b|\\u200b",
        "feff|\\ufeff"
      })
  void whatCouldForgeALineOrHideOneIsEscaped(String code, String escape) {
    String c = Character.toString(Integer.parseInt(code, 16));

    assertEquals("a" + escape + "b", FunctionLog.oneLine("a" + c + "b"));
    assertEquals(escape + escape, FunctionLog.oneLine(c + c));
  }

  @Test
  void noTextOfAnyCharactersHasAnotherLine() {
    StringBuilder all = new StringBuilder();
    for (int code = 0; code <= 0xFFFF; code++) {
      all.append((char) code);
    }

    String line = FunctionLog.oneLine(all.toString());

    assertEquals(1, line.split("\\R", -1).length);
    assertTrue(line.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void anEscapeThatAFunctionPrintsItselfIsToldApart() {
    assertEquals("\\\\n", FunctionLog.oneLine("\\n"));
  }
}
