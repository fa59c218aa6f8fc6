package dev.funless.core.database;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables. */
public final class Schema {

  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private Schema() {}

  /**
   * Brings the schema up to date. Safe when several cores start at once: Flyway holds a lock in the
   * database meanwhile. Blocks.
   *
   * @param patience how long to try while the server does not accept connections
   */
  public static void migrate(PgConnectOptions server, Duration patience) {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        Flyway.configure()
            .dataSource(dataSource(server))
            .locations("classpath:db/migration")
            .lockRetryCount(120)
            .load()
            .migrate();
        return;
      } catch (FlywayException e) {
        if (System.nanoTime() > giveUp || !isConnectionFailure(e)) {
          throw new IllegalStateException(
              "The database at %s:%d/%s cannot be used."
                  .formatted(server.getHost(), server.getPort(), server.getDatabase()),
              e);
        }
        log.info("The database does not accept connections yet");
        pause();
      }
    }
  }

  private static boolean isConnectionFailure(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.sql.SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        // Class 08 is a connection that fails, 57P03 a server that starts up.
        return state.startsWith("08") || state.equals("57P03");
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(500));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the database", e);
    }
  }

  private static PGSimpleDataSource dataSource(PgConnectOptions server) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.getHost()});
    source.setPortNumbers(new int[] {server.getPort()});
    source.setDatabaseName(server.getDatabase());
    source.setUser(server.getUser());
    source.setPassword(server.getPassword());
    source.setSslMode(sslMode(server.getSslMode()));
    source.setConnectTimeout(10);
    return source;
  }

  private static String sslMode(SslMode mode) {
    return Map.of(
            SslMode.DISABLE, "disable",
            SslMode.ALLOW, "allow",
            SslMode.PREFER, "prefer",
            SslMode.REQUIRE, "require",
            SslMode.VERIFY_CA, "verify-ca",
            SslMode.VERIFY_FULL, "verify-full")
        .getOrDefault(mode == null ? SslMode.DISABLE : mode, "disable");
  }
}
