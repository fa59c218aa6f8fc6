package dev.funless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsOptionsTest {

  @Test
  void hasDefaults() {
    assertEquals(
        new EventsOptions(3, Duration.ofSeconds(8), Duration.ofSeconds(40)),
        EventsOptions.parse(List.of()));
  }

  @Test
  void takesEveryOption() {
    assertEquals(
        new EventsOptions(1, Duration.ofMillis(500), Duration.ofSeconds(2)),
        EventsOptions.parse(List.of("--rounds", "1", "--seconds", "0.5", "--warmup", "2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds 0", "--seconds x", "--warmup", "--core http://127.0.0.1:4000"})
  void rejects(String arguments) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThrows(IllegalArgumentException.class, () -> EventsOptions.parse(words));
  }
}
