package dev.funless.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTest {

  @Test
  void readsFiguresByName() {
    Result result = Result.parse("result p50=1.250 neighbour.calls=7");
    assertEquals(1.25, result.get("p50"));
    assertEquals(7, result.get("neighbour.calls"));
    assertThrows(IllegalArgumentException.class, () -> result.get("p99"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "p50=1", "result", "result ", "result =1", "result p50", "result p50=x"})
  void rejects(String line) {
    assertThrows(IllegalArgumentException.class, () -> Result.parse(line));
  }
}
