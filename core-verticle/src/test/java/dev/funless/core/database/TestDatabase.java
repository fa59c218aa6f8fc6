package dev.funless.core.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One PostgreSQL for all tests of this JVM, with a database of its own for each who asks. */
public final class TestDatabase {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Started when first needed, ended with the JVM. */
  private static final class Server {

    static final Path FOLDER = folder();
    static final EmbeddedDatabase DATABASE = start();

    private static Path folder() {
      try {
        return Files.createTempDirectory("funless-core-test");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static EmbeddedDatabase start() {
      try {
        EmbeddedDatabase database = EmbeddedDatabase.start(FOLDER, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(database)));
        return database;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void end(EmbeddedDatabase database) {
      try {
        database.close();
        delete(FOLDER);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TestDatabase() {}

  /** Where PostgreSQL was unpacked, for tests that start servers of their own. */
  static Path binaries() {
    return Server.DATABASE.port() > 0 ? Server.FOLDER.resolve("postgres") : Server.FOLDER;
  }

  /** A new, empty database. */
  public static PgConnectOptions empty() throws SQLException {
    String name = "test" + COUNT.incrementAndGet();
    PgConnectOptions server = Server.DATABASE.connectOptions();
    execute(server, "create database " + name);
    return server.setDatabase(name);
  }

  /** A new database with the tables. */
  public static PgConnectOptions migrated() throws SQLException {
    PgConnectOptions database = empty();
    Schema.migrate(database, PATIENCE);
    return database;
  }

  public static Database open(Vertx vertx, PgConnectOptions server) {
    return new Database(
        vertx, server, new DatabaseConfig(Optional.empty(), 0, 3, Duration.ofSeconds(10)));
  }

  /** By another way than the code that is tested. */
  public static void execute(PgConnectOptions server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row, as a text. */
  public static String query(PgConnectOptions server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(PgConnectOptions server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), server.getDatabase()),
        server.getUser(),
        "");
  }

  /** With all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
