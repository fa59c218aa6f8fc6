package dev.funless.core.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchemaTest {

  @Test
  void coresThatStartAtOnceMigrateOnce() throws Exception {
    PgConnectOptions database = TestDatabase.empty();
    List<CompletableFuture<Void>> cores = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      cores.add(CompletableFuture.runAsync(() -> Schema.migrate(database, Duration.ofSeconds(20))));
    }
    for (CompletableFuture<Void> core : cores) {
      core.get(40, TimeUnit.SECONDS);
    }

    assertEquals("1", TestDatabase.query(database, "select version from catalog"));
    assertEquals("_", TestDatabase.query(database, "select string_agg(name, ',') from module"));
    assertEquals(
        "1",
        TestDatabase.query(
            database,
            "select max(times) from (select count(*) times from flyway_schema_history"
                + " where version is not null group by version) each"));
  }

  @Test
  void migratingAgainChangesNothing() throws Exception {
    PgConnectOptions database = TestDatabase.migrated();
    TestDatabase.execute(database, "insert into module (name) values ('kept')");

    Schema.migrate(database, Duration.ofSeconds(20));

    assertEquals("2", TestDatabase.query(database, "select count(*) from module"));
  }

  @Test
  void whatIsAcknowledgedIsOnDisk() throws Exception {
    PgConnectOptions database = TestDatabase.empty();

    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      assertEquals("on", TestDatabase.query(database, "show " + setting), setting);
    }
    assertEquals("127.0.0.1", TestDatabase.query(database, "show listen_addresses"));
  }

  @Test
  void givesUpWhereNoServerIs() throws IOException {
    // Bound, so that nobody else takes the port meanwhile, and without anybody who listens.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      PgConnectOptions nobody =
          new PgConnectOptions()
              .setHost("127.0.0.1")
              .setPort(bound.getLocalPort())
              .setDatabase("d")
              .setUser("u")
              .setPassword("secret");

      IllegalStateException e =
          assertThrows(
              IllegalStateException.class, () -> Schema.migrate(nobody, Duration.ofMillis(600)));

      assertTrue(e.getMessage().startsWith("The database at 127.0.0.1:"), e.getMessage());
      assertTrue(!e.toString().contains("secret"));
    }
  }
}
