package dev.funless.core.database;

import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL of its own, on loopback, in a folder of the data folder. For one machine. */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final ProcessHandle server;

  private EmbeddedDatabase(EmbeddedPostgres postgres, ProcessHandle server) {
    this.postgres = postgres;
    this.server = server;
  }

  /**
   * Starts the server; one that a killed node left behind in the folder is ended first. Blocks for
   * seconds.
   *
   * @param port 0 takes a free one
   */
  public static EmbeddedDatabase start(Path dataDir, int port) throws IOException {
    Path absolute = dataDir.toAbsolutePath().normalize();
    Path cluster = absolute.resolve("database");
    Path binaries = absolute.resolve("postgres");
    Files.createDirectories(cluster);
    Files.createDirectories(binaries);
    ServerProcess.endLeftover(cluster);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(cluster)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            .setPort(port)
            .setPGStartupWait(START_PATIENCE)
            .setRegisterShutdownHook(false)
            // The library is made for tests and turns these off; what is acknowledged must last.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start();
    // The library lets everybody write there.
    Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwx------"));
    log.info("PostgreSQL runs on port {} in {}", postgres.getPort(), cluster);
    return new EmbeddedDatabase(
        postgres,
        ServerProcess.find(cluster)
            .orElseThrow(() -> new IOException("PostgreSQL ended right after its start.")));
  }

  public int port() {
    return postgres.getPort();
  }

  public PgConnectOptions connectOptions() {
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port())
        .setDatabase("postgres")
        .setUser("postgres");
  }

  /** The server's own process. */
  public ProcessHandle process() {
    return server;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
