package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.Client.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code scripts/up} from end to end, on one data folder whose path has spaces. */
class UpIT {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final Path FOLDER = Checkout.OUTPUT.resolve("up and running");
  private static final Path DATA = FOLDER.resolve("data of mine");

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    Checkout.touchJars();
    Platform.delete(FOLDER);
    Files.createDirectories(FOLDER);
  }

  @AfterEach
  void nothingIsLeftRunning() throws IOException {
    List<Long> nodes = nodes();
    for (Process process : started) {
      process.destroy();
      if (!exited(process, STOP)) {
        process.destroyForcibly();
      }
    }
    nodes.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    Platform.delete(DATA.resolve("database"));
    Platform.delete(DATA.resolve("postgres"));
  }

  @Test
  void aPlatformsLife() throws IOException {
    // Once, from another folder, with a data folder named from there.
    int port = FreePorts.next();
    Process once = up("once", "--once", "--port", "" + port, "--data", "data of mine");
    assertTrue(exited(once, START), log("once"));
    assertEquals(0, once.exitValue(), log("once"));
    assertFalse(log("once").contains("Building"), log("once"));
    JsonObject printed = new JsonObject(output("once").strip());
    assertTrue(printed.encode().contains("Hello"), printed.encode());
    assertTrue(Files.exists(DATA.resolve("tokens")));
    assertTrue(nodes().isEmpty(), "no node is left: " + nodes());
    Tokens tokens = Tokens.read(DATA.resolve("tokens"));

    // The second one finds what the first one stored.
    Process second = up("second", "--port", "" + port, "--data", DATA.toString());
    awaitReady(second, "second", port);
    assertEquals(tokens, Tokens.read(DATA.resolve("tokens")));
    Client client = Client.of(port).with(tokens.guest());
    assertEquals(200, hello(client).status());
    client.deploy("mine", "echo-wat");

    // A worker that is killed is said to be, and started again.
    long worker = pid("worker1");
    ProcessHandle.of(worker).orElseThrow().destroyForcibly();
    Eventually.holds(
        "it is said",
        Duration.ofSeconds(5),
        () ->
            log("second")
                .lines()
                .anyMatch(line -> line.matches("worker1 .* and is started again in 10 s.*")));
    Eventually.holds(
        "the worker runs again",
        Duration.ofSeconds(40),
        () -> hello(client).status() == 200 && pid("worker1") != worker);

    // Whoever kills the launcher leaves nothing running.
    List<Long> nodes = nodes();
    assertEquals(3, nodes.size(), nodes.toString());
    second.destroyForcibly();
    Eventually.holds("all nodes end by themselves", Duration.ofSeconds(20), () -> gone(nodes));

    // The next one finds all; SIGTERM stops it, a frozen worker included.
    Process third = up("third", "--port", "" + port, "--data", DATA.toString());
    awaitReady(third, "third", port);
    assertEquals("{\"data\":{}}", client.invoke("mine", new JsonObject()).body());
    List<Long> last = nodes();
    Signals.send("STOP", pid("worker1"));
    third.destroy();
    assertTrue(exited(third, STOP), log("third"));
    assertEquals(0, third.exitValue(), log("third"));
    assertTrue(gone(last), "a node is left running");
    assertTrue(nodes().isEmpty());
  }

  @Test
  void aTakenPortIsToldInOneLineAndNothingIsLeftRunning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      Process up = up("taken", "--once", "--port", port, "--data", DATA.toString());

      assertTrue(exited(up, START), log("taken"));
      assertEquals(1, up.exitValue());
      assertEquals("", output("taken"));
      assertEquals(
          "Port " + port + " is in use; stop what listens there or choose another with --port.",
          log("taken").strip());
      assertFalse(Files.exists(DATA.resolve("database")));
    }
  }

  private static Answer hello(Client client) {
    return client.invoke("hello", new JsonObject());
  }

  private Process up(String name, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Checkout.ROOT.resolve("scripts/up").toString());
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectOutput(FOLDER.resolve(name + ".out").toFile())
            .redirectError(FOLDER.resolve(name + ".err").toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    started.add(process);
    return process;
  }

  private void awaitReady(Process up, String name, int port) {
    Eventually.holds(
        "it is ready; it said " + log(name),
        START,
        () -> {
          if (!up.isAlive()) {
            throw new AssertionError("ended: " + log(name));
          }
          return output(name).contains("ready http://127.0.0.1:" + port);
        });
  }

  private static String output(String name) {
    return text(FOLDER.resolve(name + ".out"));
  }

  private static String log(String name) {
    return text(FOLDER.resolve(name + ".err"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static long pid(String node) {
    String text = text(DATA.resolve("run").resolve(node + ".pid")).strip();
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /** Process ids of the nodes that pid files name and that run. */
  private static List<Long> nodes() throws IOException {
    Path run = DATA.resolve("run");
    if (!Files.exists(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pid"))
          .map(name -> pid(name.substring(0, name.length() - ".pid".length())))
          .filter(pid -> !gone(List.of(pid)))
          .toList();
    }
  }

  private static boolean gone(List<Long> pids) {
    return pids.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  private static boolean exited(Process process, Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
