package dev.funless.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.launcher.OsProcess.Signal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A launch on a thread of the test, so that a dead node is soon started again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LaunchTest {

  private static final Timing TIMING = Timing.DEFAULT.withRestart(Duration.ofSeconds(1));

  @TempDir private Path temporary;

  private final ExecutorService launching = Executors.newSingleThreadExecutor();
  private final CompletableFuture<StopSignal> stop = new CompletableFuture<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Checkout checkout;
  private Path data;
  private Future<Launch.Ended> ended;

  @BeforeEach
  void launch() throws Exception {
    checkout = Checkout.create(temporary.resolve("checkout"));
    data = temporary.toRealPath().resolve("data");
    Options options = new Options(false, 1, 1, Integer.parseInt(Checkout.freePorts()), data);
    PrintStream stream = new PrintStream(said, true, UTF_8);
    ended =
        launching.submit(
            () -> {
              StopSignal signal = new StopSignal(Thread.currentThread());
              stop.complete(signal);
              return new Launch(
                      options,
                      checkout.layout(),
                      TIMING,
                      System.getenv(),
                      new Console(stream, stream),
                      signal)
                  .run();
            });
    await(() -> said.toString(UTF_8).contains("ready http://"));
  }

  @AfterEach
  void stop() throws Exception {
    stop.get().request();
    assertEquals(Launch.Ended.STOPPED, ended.get(30, TimeUnit.SECONDS));
    launching.shutdown();
    try (var pids = Files.newDirectoryStream(data.resolve("run"), "*.pid")) {
      assertFalse(pids.iterator().hasNext());
    }
  }

  @Test
  void nodeThatDiesAgainIsStartedAgainAndAgainWithTheSamePorts() throws Exception {
    OsProcess first = pid("worker1").orElseThrow();
    String port = first.variable("FUNLESS_CLUSTER_PORT").orElseThrow();
    checkout.manner("worker1", "die");
    first.send(Signal.KILL);
    await(() -> lines("worker1 exited with code 3 and is started again in 1 s: ").size() == 2);
    checkout.manner("worker1", "");
    await(() -> pid("worker1").filter(node -> serves(node)).isPresent());
    OsProcess last = pid("worker1").orElseThrow();
    assertNotEquals(first, last);
    assertEquals(port, last.variable("FUNLESS_CLUSTER_PORT").orElseThrow());
    assertEquals(1, lines("worker1 was ended by signal 9 and is started again in 1 s").size());
    assertTrue(Files.readString(data.resolve("run/worker1.log")).contains("limits.memory"));
  }

  @Test
  void databaseThatLosesItsKeeperIsEndedBeforeTheNextIsStarted() throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), temporary.resolve("postgres"));
    Path folder = Files.createDirectories(data.resolve("database"));
    Process postgres =
        new ProcessBuilder(program.toString(), "60").directory(folder.toFile()).start();
    Files.writeString(folder.resolve("postmaster.pid"), postgres.pid() + "\n");
    OsProcess first = pid("db").orElseThrow();
    first.send(Signal.KILL);
    await(() -> pid("db").filter(node -> !node.equals(first)).isPresent());
    assertEquals(128 + 2, postgres.waitFor());
    assertEquals(1, lines("db was ended by signal 9").size());
  }

  private boolean serves(OsProcess node) {
    String port = node.variable("FUNLESS_HTTP_PORT").orElse("0");
    try (Http http = new Http()) {
      return http.ready(Integer.parseInt(port), Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> lines(String start) {
    return said.toString(UTF_8).lines().filter(line -> line.startsWith(start)).toList();
  }

  private Optional<OsProcess> pid(String name) throws Exception {
    Path file = data.resolve("run/" + name + ".pid");
    return Files.exists(file)
        ? OsProcess.find(Long.parseLong(Files.readString(file).strip()))
        : Optional.empty();
  }

  private void await(Launcher.Condition condition) throws Exception {
    Deadline deadline = Deadline.in(Duration.ofSeconds(30));
    while (!condition.holds()) {
      assertFalse(deadline.passed() || ended.isDone(), () -> said.toString(UTF_8));
      Thread.sleep(20);
    }
  }
}
