package dev.funless.core.database;

import dev.funless.core.connector.TestCertificates;
import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A PostgreSQL with TLS and {@link TestCertificates}. The user {@code locked} needs TLS and the
 * password {@code right}.
 */
public final class TlsDatabase implements AutoCloseable {

  private final Path folder;
  private final EmbeddedPostgres postgres;

  private TlsDatabase(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  public static TlsDatabase start() throws IOException, GeneralSecurityException, SQLException {
    Path folder = Files.createTempDirectory("funless-tls-test");
    Path rules =
        Files.writeString(
            folder.resolve("pg_hba.conf"),
            """
            hostssl all locked all scram-sha-256
            host all locked all reject
            host all all 127.0.0.1/32 trust
            """);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(Files.createDirectory(folder.resolve("cluster")))
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(TestDatabase.binaries().toFile())
            .setPGStartupWait(Duration.ofSeconds(60))
            .setRegisterShutdownHook(false)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("hba_file", rules.toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", TestCertificates.writeChain(folder).toString())
            .setServerConfig("ssl_key_file", TestCertificates.writeKey(folder).toString())
            .start();
    TlsDatabase database = new TlsDatabase(folder, postgres);
    TestDatabase.execute(database.options(), "create role locked login password 'right'");
    return database;
  }

  /** In clear, by a user who may do all. */
  public PgConnectOptions options() {
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(postgres.getPort())
        .setDatabase("postgres")
        .setUser("postgres");
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    TestDatabase.delete(folder);
  }
}
