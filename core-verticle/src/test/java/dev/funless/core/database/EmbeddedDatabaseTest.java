package dev.funless.core.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.config.Settings;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir Path folder;

  @Test
  void anOutageIsToldAndOverWhenTheServerIsBackWithAllThatWasAcknowledged() throws Exception {
    shareBinaries();
    EmbeddedDatabase first = EmbeddedDatabase.start(folder, 0);
    PgConnectOptions server = first.connectOptions();
    Vertx vertx = Vertx.vertx();
    try {
      Schema.migrate(server, Duration.ofSeconds(20));
      Catalog catalog =
          new Catalog(
              vertx,
              TestDatabase.open(vertx, server),
              Policies.builtIn(),
              LimitsConfig.read(Settings.of(Map.of())),
              _ -> {},
              _ -> Future.succeededFuture());
      finish(catalog.refresh());
      finish(catalog.createModule("before", Optional.empty()));

      first.close();
      for (int i = 0; i < 5; i++) {
        assertUnavailable(catalog.createModule("during", Optional.empty()));
        assertUnavailable(catalog.latest());
      }
      assertTrue(catalog.snapshot().modules().contains("before"), "memory still answers");

      EmbeddedDatabase second = EmbeddedDatabase.start(folder, server.getPort());
      try {
        await()
            .atMost(10, TimeUnit.SECONDS)
            .untilAsserted(() -> finish(catalog.createModule("after", Optional.empty())));
        assertEquals(
            "_,after,before",
            TestDatabase.query(server, "select string_agg(name, ',' order by name) from module"));
      } finally {
        second.close();
      }
    } finally {
      finish(vertx.close());
      first.process().destroyForcibly();
    }
  }

  @Test
  void aServerThatWasLeftBehindIsEnded() throws Exception {
    shareBinaries();
    EmbeddedDatabase first = EmbeddedDatabase.start(folder, 0);
    int port = first.port();
    TestDatabase.execute(first.connectOptions(), "create table kept (n int)");
    first.close();
    ProcessHandle leftover = startAside(port);
    try {
      EmbeddedDatabase second = EmbeddedDatabase.start(folder, port);
      try {
        assertFalse(leftover.isAlive());
        assertNotEquals(leftover.pid(), second.process().pid());
        assertTrue(second.process().isAlive());
        assertEquals("0", TestDatabase.query(second.connectOptions(), "select count(*) from kept"));
      } finally {
        second.close();
      }
    } finally {
      leftover.destroyForcibly();
    }
  }

  @Test
  void anotherProcessUnderTheSameIdIsLeftAlone() throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("database"));
    Files.writeString(cluster.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n/x\n");

    ServerProcess.endLeftover(cluster);

    assertTrue(ServerProcess.find(cluster).isEmpty(), "this JVM does not run in that folder");
  }

  @Test
  void aDamagedFileOfTheServersIdNamesNobody() throws IOException {
    assertTrue(ServerProcess.find(folder).isEmpty());
    Files.writeString(folder.resolve("postmaster.pid"), "");
    assertTrue(ServerProcess.find(folder).isEmpty());
    Files.writeString(folder.resolve("postmaster.pid"), "-1\n");
    assertTrue(ServerProcess.find(folder).isEmpty());
  }

  /** Unpacking takes seconds, and the files are the same. */
  private void shareBinaries() throws IOException {
    Files.createSymbolicLink(folder.resolve("postgres"), TestDatabase.binaries());
  }

  /** As a server whose node was killed: nobody in this JVM holds it. */
  private ProcessHandle startAside(int port) throws Exception {
    Path cluster = folder.resolve("database");
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            control().toString(),
            "-D",
            cluster.toString(),
            "-o",
            "-p " + port + " -c listen_addresses=127.0.0.1",
            "-l",
            folder.resolve("aside.log").toString(),
            "-w",
            "start"));
    Process starter =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("start.log").toFile())
            .start();
    assertTrue(starter.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, starter.exitValue(), () -> read(folder.resolve("start.log")));
    return ServerProcess.find(cluster).orElseThrow();
  }

  private static Path control() throws IOException {
    try (Stream<Path> files = Files.walk(TestDatabase.binaries())) {
      return files.filter(file -> file.endsWith("bin/pg_ctl")).findFirst().orElseThrow();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void assertUnavailable(Future<?> future) {
    Exception e = assertThrows(Exception.class, () -> finish(future));
    assertEquals(
        Category.UNAVAILABLE, assertInstanceOf(FailureException.class, e).failure().category());
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
