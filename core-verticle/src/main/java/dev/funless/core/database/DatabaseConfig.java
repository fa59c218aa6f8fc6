package dev.funless.core.database;

import dev.funless.shared.config.Settings;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Which PostgreSQL keeps the state.
 *
 * @param server an existing server; absent for an embedded one in the data folder
 * @param embeddedPort the embedded one's port; 0 takes a free one
 * @param connections how many connections a core holds at most
 * @param patience how long a statement may take, the wait for a connection included
 */
public record DatabaseConfig(
    Optional<PgConnectOptions> server, int embeddedPort, int connections, Duration patience) {

  public static DatabaseConfig read(Settings settings) {
    return new DatabaseConfig(
        server(settings),
        settings.integer("database.port", 0, 0, 65_535),
        settings.integer("database.connections", 8, 1, 200),
        settings.millis(
            "database.patience_ms",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(5)));
  }

  private static Optional<PgConnectOptions> server(Settings settings) {
    String uri = settings.text("database.uri", "");
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PgConnectOptions.fromUri(uri));
    } catch (IllegalArgumentException e) {
      // The value is not shown: it may hold a password.
      settings.error("database.uri", "must be postgresql://user:password@host:port/database");
      return Optional.empty();
    }
  }
}
