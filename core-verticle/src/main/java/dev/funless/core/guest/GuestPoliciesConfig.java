package dev.funless.core.guest;

import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * Bounds of policies that are wasm functions.
 *
 * @param deadline in which one must have answered
 * @param memoryBytes linear memory that all that run on a core may hold together
 */
public record GuestPoliciesConfig(Duration deadline, long memoryBytes) {

  public static GuestPoliciesConfig read(Settings settings) {
    return new GuestPoliciesConfig(
        settings.millis(
            "policies.deadline_ms",
            Duration.ofMillis(10),
            Duration.ofMillis(1),
            Duration.ofSeconds(10)),
        settings.whole("policies.memory_mb", 64, 1, 4_096) * 1024 * 1024);
  }
}
