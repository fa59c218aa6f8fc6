package dev.funless.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.bench.Rows;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineOptionsTest {

  @Test
  void measuresEveryRowUnlessToldOtherwise() {
    assertEquals(
        new EngineOptions(EnumSet.allOf(Row.class), 3, Duration.ofSeconds(1), false),
        EngineOptions.parse(List.of()));
  }

  @Test
  void takesEveryOption() {
    assertEquals(
        new EngineOptions(EnumSet.of(Row.V8, Row.KERNELS), 5, Duration.ofMillis(2500), true),
        EngineOptions.parse(
            List.of("--rows", "kernels,v8", "--rounds", "5", "--seconds", "2.5", "--quick")));
  }

  @Test
  void aQuickRunIsShort() {
    EngineOptions options = EngineOptions.parse(List.of("--quick"));
    assertEquals(1, options.rounds());
    assertEquals(Duration.ofMillis(200), options.measured());
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void helpNamesEveryRow(Row row) {
    assertTrue(EngineOptions.HELP.contains(Rows.word(row)));
    assertEquals(EnumSet.of(row), Rows.parse(Row.class, Rows.word(row)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rows",
        "--rows kernel",
        "--rows json,",
        "--rounds 0",
        "--seconds 0",
        "--seconds NaN",
        "engine"
      })
  void rejects(String arguments) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThrows(IllegalArgumentException.class, () -> EngineOptions.parse(words));
  }
}
