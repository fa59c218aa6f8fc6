package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.shared.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundConfigTest {

  @Test
  void hasDefaults() {
    assertEquals(
        new OutboundConfig(
            4 * 1024 * 1024,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            5,
            16,
            64,
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            4,
            64),
        OutboundConfig.read(Settings.of(Map.of())));
  }

  @Test
  void readsEveryKey() {
    Settings settings =
        Settings.of(
            Map.ofEntries(
                Map.entry("outbound.max_answer_bytes", "1"),
                Map.entry("outbound.connect_timeout_ms", "2"),
                Map.entry("outbound.total_timeout_ms", "3"),
                Map.entry("outbound.max_redirects", "4"),
                Map.entry("outbound.connections_per_host", "5"),
                Map.entry("outbound.waiting_per_host", "6"),
                Map.entry("outbound.kept_connections", "7"),
                Map.entry("outbound.keep_alive_s", "8"),
                Map.entry("outbound.dns_timeout_ms", "9"),
                Map.entry("outbound.dns_threads", "10"),
                Map.entry("outbound.dns_waiting", "11")));
    OutboundConfig config = OutboundConfig.read(settings);
    settings.check();
    assertEquals(
        new OutboundConfig(
            1,
            Duration.ofMillis(2),
            Duration.ofMillis(3),
            4,
            5,
            6,
            7,
            Duration.ofSeconds(8),
            Duration.ofMillis(9),
            10,
            11),
        config);
  }

  @Test
  void refusesBoundOfNothing() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new OutboundConfig(
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                5,
                16,
                64,
                256,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                4,
                64));
  }
}
