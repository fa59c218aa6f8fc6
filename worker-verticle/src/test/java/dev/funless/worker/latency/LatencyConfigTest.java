package dev.funless.worker.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.shared.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyConfigTest {

  @Test
  void hasDefaults() {
    assertEquals(
        new LatencyConfig(Duration.ofSeconds(2), Duration.ofSeconds(1), 256),
        LatencyConfig.read(Settings.of(Map.of())));
  }

  @Test
  void readsEveryKey() {
    Settings settings =
        Settings.of(
            Map.of("latency.every_ms", "10", "latency.timeout_ms", "2", "latency.services", "0"));
    LatencyConfig config = LatencyConfig.read(settings);
    settings.check();
    assertEquals(new LatencyConfig(Duration.ofMillis(10), Duration.ofMillis(2), 0), config);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    Duration second = Duration.ofSeconds(1);

    assertThrows(IllegalArgumentException.class, () -> new LatencyConfig(Duration.ZERO, second, 1));
    assertThrows(IllegalArgumentException.class, () -> new LatencyConfig(second, Duration.ZERO, 1));
    assertThrows(IllegalArgumentException.class, () -> new LatencyConfig(second, second, -1));
  }
}
