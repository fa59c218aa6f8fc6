package dev.funless.core;

import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.connector.Vault;
import dev.funless.core.database.DatabaseConfig;
import dev.funless.core.guest.GuestPoliciesConfig;
import dev.funless.core.http.CoreHttpConfig;
import dev.funless.core.invoke.SchedulerConfig;
import dev.funless.core.sink.delivery.DeliveryConfig;
import dev.funless.shared.config.ClusterConfig;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * All that a core is configured with.
 *
 * @param secretsKey what secrets are encrypted with, in Base64; empty for a key of the core's own
 * @param drain how long a core that stops waits for the calls in flight
 */
record CoreConfig(
    NodeConfig node,
    ClusterConfig cluster,
    CoreHttpConfig http,
    DatabaseConfig database,
    LimitsConfig limits,
    SchedulerConfig scheduler,
    DeliveryConfig sinks,
    GuestPoliciesConfig policies,
    String secretsKey,
    Duration drain) {

  static CoreConfig read(Settings settings) {
    CoreConfig config =
        new CoreConfig(
            NodeConfig.read(settings, "core1"),
            ClusterConfig.read(settings),
            CoreHttpConfig.read(settings),
            DatabaseConfig.read(settings),
            LimitsConfig.read(settings),
            SchedulerConfig.read(settings),
            DeliveryConfig.read(settings),
            GuestPoliciesConfig.read(settings),
            Vault.configuredKey(settings),
            settings.millis(
                "node.drain_ms", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(10)));
    settings.check();
    return config;
  }
}
