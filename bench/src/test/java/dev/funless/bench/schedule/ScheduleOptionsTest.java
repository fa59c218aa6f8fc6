package dev.funless.bench.schedule;

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

class ScheduleOptionsTest {

  @Test
  void measuresEveryRowUnlessToldOtherwise() {
    assertEquals(
        new ScheduleOptions(EnumSet.allOf(Row.class), 3, Duration.ofMillis(500), false),
        ScheduleOptions.parse(List.of()));
  }

  @Test
  void takesEveryOption() {
    assertEquals(
        new ScheduleOptions(EnumSet.of(Row.HASH, Row.APP_SETS), 5, Duration.ofSeconds(2), true),
        ScheduleOptions.parse(
            List.of("--rows", "app-sets,hash", "--rounds", "5", "--seconds", "2", "--quick")));
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void helpNamesEveryRow(Row row) {
    assertTrue(ScheduleOptions.HELP.contains(Rows.word(row)));
    assertEquals(EnumSet.of(row), Rows.parse(Row.class, Rows.word(row)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rows", "--rows app", "--rounds 0", "--seconds 0", "schedule"})
  void rejects(String arguments) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThrows(IllegalArgumentException.class, () -> ScheduleOptions.parse(words));
  }
}
