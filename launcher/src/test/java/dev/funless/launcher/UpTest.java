package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.launcher.OsProcess.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, on nodes that are processes. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class UpTest {

  @TempDir private Path temporary;

  private Checkout checkout;
  private Path data;
  private String port;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = Checkout.create(temporary.resolve("check out"));
    data = temporary.toRealPath().resolve("it's data");
    port = Checkout.freePorts();
  }

  @Test
  void onceAnswersWithTheJsonAloneAndLeavesNothingRunning() throws Exception {
    try (Launcher launcher = launch("--once")) {
      assertEquals(0, launcher.exit(), () -> text(launcher.errFile()));
      assertEquals(List.of("{\"hello\": \"wörld, \\\"again\\\"\"}"), launcher.out());
      assertTrue(launcher.err().contains("ready http://127.0.0.1:" + port));
      assertNothingRuns();
    }
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    assertTrue(Files.readString(data.resolve("hello")).contains("name=\"code\""));
  }

  @Test
  void secondLaunchFindsWhatTheFirstOneStored() throws Exception {
    try (Launcher first = launch("--once")) {
      assertEquals(0, first.exit());
      assertTrue(log("core1").contains("deployed"));
    }
    try (Launcher second = launch("--once")) {
      assertEquals(0, second.exit());
      assertFalse(log("core1").contains("deployed"));
      assertTrue(Files.readString(data.resolve("run/core1.log.1")).contains("deployed"));
    }
  }

  @Test
  void sigtermStopsFrozenNodesTooAndExitsWithZero() throws Exception {
    try (Launcher launcher = launch("--workers", "2", "--cores", "2")) {
      launcher.awaitReady();
      List<OsProcess> nodes = nodes("db", "core1", "core2", "worker1", "worker2");
      freeze(nodes.get(3));
      freeze(nodes.get(0));
      launcher.send(Signal.TERM);
      assertEquals(0, launcher.exit(), () -> text(launcher.errFile()));
      assertTrue(nodes.stream().noneMatch(OsProcess::alive));
      assertNothingRuns();
    }
  }

  @Test
  void stubbornNodeIsKilled() throws Exception {
    checkout.manner("worker1", "stubborn");
    try (Launcher launcher = launch()) {
      launcher.awaitReady();
      List<OsProcess> nodes = nodes("db", "core1", "worker1");
      launcher.send(Signal.INT);
      assertEquals(0, launcher.exit());
      assertTrue(nodes.stream().noneMatch(OsProcess::alive));
    }
  }

  @Test
  void nodesAreInNoProcessGroupOfTheLaunchers() throws Exception {
    try (Launcher launcher = launch()) {
      launcher.awaitReady();
      for (OsProcess node : nodes("db", "core1", "worker1")) {
        List<String> stat = List.of(Files.readString(stat(node)).split(" ", -1));
        assertEquals(Long.toString(node.pid()), stat.get(4), "process group of its own");
      }
      launcher.send(Signal.INT);
      assertEquals(0, launcher.exit());
      assertEquals(1, launcher.err().size(), "no node is said to have died");
    }
  }

  @Test
  void signalDuringTheStartStopsAllAndExitsWithItsCode() throws Exception {
    checkout.manner("worker1", "unready");
    for (Signal signal : List.of(Signal.INT, Signal.TERM)) {
      try (Launcher launcher = launch()) {
        launcher.await(() -> Files.exists(data.resolve("tokens")) && pid("core1").isPresent());
        List<OsProcess> nodes = nodes("db", "core1", "worker1");
        launcher.send(signal);
        assertEquals(signal == Signal.INT ? 130 : 143, launcher.exit());
        assertTrue(nodes.stream().noneMatch(OsProcess::alive));
        assertEquals(1, launcher.err().size(), () -> text(launcher.errFile()));
      }
    }
  }

  @Test
  void nodeThatDiesBeforeReadyIsOneLineAndEndsTheRest() throws Exception {
    checkout.manner("worker1", "die");
    try (Launcher launcher = launch()) {
      assertEquals(1, launcher.exit());
      assertEquals(
          "worker1 exited with code 3 before the platform was ready: ERROR config: limits.memory is"
              + " not a number; its log is "
              + data.resolve("run/worker1.log"),
          launcher.err().getLast());
      assertEquals(2, launcher.err().size());
      assertEquals(List.of(), launcher.out());
      assertNothingRuns();
    }
  }

  @Test
  void nodeThatIsNeverReadyEndsTheStartAtItsDeadline() throws Exception {
    checkout.manner("core1", "unready");
    Map<String, String> environment = Map.of(Timing.READY_VARIABLE, "4");
    try (Launcher launcher = checkout.launch(temporary, environment, options())) {
      assertEquals(1, launcher.exit());
      assertTrue(
          launcher.err().getLast().startsWith("Not ready after 4 s: core1 does not serve (log: "),
          () -> text(launcher.errFile()));
      assertTrue(log("worker1").contains(Timing.READY_VARIABLE + "=null"));
      assertNothingRuns();
    }
  }

  @Test
  void wrongTokenFileEndsTheStartAtOnce() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("tokens"), "Admin=other\nGuest=other\n");
    try (Launcher launcher = launch()) {
      assertEquals(1, launcher.exit());
      assertTrue(
          launcher.err().getLast().contains("refuses a token of the token file; "),
          () -> text(launcher.errFile()));
      assertNothingRuns();
    }
  }

  @Test
  void nodeThatDiesDuringTheDeploymentIsWhatIsTold() throws Exception {
    checkout.manner("core1", "fragile");
    try (Launcher launcher = launch()) {
      assertEquals(1, launcher.exit());
      assertEquals(2, launcher.err().size());
      assertTrue(
          launcher
              .err()
              .getLast()
              .startsWith("core1 exited with code 4 before the platform was ready: "),
          () -> text(launcher.errFile()));
      assertNothingRuns();
    }
  }

  @Test
  void takenPortIsOneLineBeforeAnythingIsStarted() throws Exception {
    int taken = Integer.parseInt(port) + 1;
    try (ServerSocket socket = new ServerSocket(taken, 1, InetAddress.ofLiteral("0.0.0.0"));
        Launcher launcher = launch("--cores", "2")) {
      assertTrue(socket.isBound());
      assertEquals(1, launcher.exit());
      assertEquals(
          List.of(
              "Port "
                  + taken
                  + " is in use; stop what listens there or choose another with --port."),
          launcher.err());
      assertFalse(Files.exists(data.resolve("run/db.log")));
    }
  }

  @Test
  void secondLauncherOnTheSameDataNamesTheFirst() throws Exception {
    try (Launcher first = launch()) {
      first.awaitReady();
      try (Launcher second = checkout.launch(temporary, "--data", data.toString())) {
        assertEquals(1, second.exit());
        assertEquals(
            List.of(
                "Another scripts/up (process %d) runs on %s; stop it, or choose another folder with --data."
                    .formatted(first.process().pid(), data)),
            second.err());
      }
      first.send(Signal.TERM);
      assertEquals(0, first.exit());
    }
  }

  @Test
  void launchAfterKilledOneEndsWhatThatLeftBehind() throws Exception {
    List<OsProcess> leftovers;
    try (Launcher killed = launch()) {
      killed.awaitReady();
      leftovers = nodes("db", "core1", "worker1");
      freeze(leftovers.getFirst());
      killed.process().destroyForcibly().waitFor();
      assertTrue(leftovers.stream().allMatch(OsProcess::alive));
    }
    try (Launcher next = launch("--once")) {
      assertEquals(0, next.exit(), () -> text(next.errFile()));
      assertTrue(leftovers.stream().noneMatch(OsProcess::alive));
      assertNothingRuns();
    }
  }

  @Test
  void deadNodeIsOneLineAndRunsAgainAfterTenSeconds() throws Exception {
    try (Launcher launcher = launch()) {
      launcher.awaitReady();
      OsProcess killed = pid("worker1").orElseThrow();
      killed.send(Signal.KILL);
      long died = System.nanoTime();
      launcher.await(() -> launcher.err().size() > 1);
      assertTrue(
          launcher
              .err()
              .getLast()
              .startsWith("worker1 was ended by signal 9 and is started again in 10 s: "));
      launcher.await(() -> pid("worker1").isPresent());
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - died);
      assertTrue(seconds >= 10 && seconds < 15, "after " + seconds + " s");
      assertEquals(2, launcher.err().size());
      launcher.send(Signal.TERM);
      assertEquals(0, launcher.exit());
      assertNothingRuns();
    }
  }

  @Test
  void readerThatGoesAwayIsNoFailure() throws Exception {
    Path err = temporary.resolve("err");
    ProcessBuilder builder = checkout.command(temporary, options()).redirectError(err.toFile());
    try (Launcher launcher = new Launcher(builder.start(), err, err)) {
      launcher.process().getInputStream().close();
      launcher.await(() -> Files.exists(data.resolve("hello")));
      pid("worker1").orElseThrow().send(Signal.KILL);
      launcher.await(() -> launcher.err().getLast().contains("is started again in 10 s"));
      launcher.send(Signal.TERM);
      assertEquals(0, launcher.exit());
      assertNothingRuns();
    }
  }

  @Test
  void dataFolderIsRelativeToTheCallersFolderAndThePastedLineFindsIt() throws Exception {
    Path caller = Files.createDirectories(temporary.resolve("calls from"));
    try (Launcher launcher = checkout.launch(caller, "--data", "my state/here", "--port", port)) {
      launcher.awaitReady();
      launcher.await(() -> launcher.out().size() == 3);
      Path tokens = caller.toRealPath().resolve("my state/here/tokens");
      assertEquals("tokens " + tokens, launcher.out().get(1));
      // The shell shows what curl would be given.
      Process shell =
          new ProcessBuilder(
                  "/bin/sh", "-c", "curl() { printf '%s\\n' \"$@\"; }\n" + launcher.out().get(2))
              .redirectErrorStream(true)
              .start();
      assertEquals(
          List.of(
              "-H",
              "Authorization: Bearer secret-g",
              "-H",
              "Content-Type: application/json",
              "-d",
              "{\"args\":{\"name\":\"world\"}}",
              "http://127.0.0.1:" + port + "/v1/fn/_/hello"),
          shell.inputReader().readAllLines());
      launcher.send(Signal.TERM);
      assertEquals(0, launcher.exit());
    }
  }

  @Test
  void wrongUsageIsTwoLinesAndExitCodeTwo() throws Exception {
    try (Launcher launcher = checkout.launch(temporary, "--wrkers", "3")) {
      assertEquals(2, launcher.exit());
      assertEquals(List.of("unknown option --wrkers", Arguments.USAGE), launcher.err());
    }
    try (Launcher launcher = checkout.launch(temporary, "--help")) {
      assertEquals(0, launcher.exit());
      assertEquals(Arguments.HELP.lines().toList(), launcher.out());
    }
  }

  private Launcher launch(String... more) throws IOException {
    return checkout.launch(
        temporary, Stream.concat(Stream.of(options()), Stream.of(more)).toArray(String[]::new));
  }

  private String[] options() {
    return new String[] {"--data", data.toString(), "--port", port};
  }

  private List<OsProcess> nodes(String... names) throws IOException {
    List<OsProcess> nodes = new ArrayList<>();
    for (String name : names) {
      nodes.add(pid(name).orElseThrow());
    }
    return nodes;
  }

  private Optional<OsProcess> pid(String name) throws IOException {
    Path file = data.resolve("run/" + name + ".pid");
    return Files.exists(file)
        ? OsProcess.find(Long.parseLong(Files.readString(file).strip()))
        : Optional.empty();
  }

  private String log(String name) throws IOException {
    return Files.readString(data.resolve("run/" + name + ".log"));
  }

  private static void freeze(OsProcess process) throws Exception {
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    while (!Files.readString(stat(process)).contains(") T ")) {
      Thread.sleep(10);
    }
  }

  private static Path stat(OsProcess process) {
    return Path.of("/proc", Long.toString(process.pid()), "stat");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** No process has its data in the folder, and no pid file is left. */
  private void assertNothingRuns() throws IOException {
    List<OsProcess> left =
        OsProcess.all().stream()
            .filter(
                process ->
                    process
                        .variable(NodeContract.DATA)
                        .filter(path -> path.startsWith(data.toString()))
                        .isPresent())
            .toList();
    assertEquals(List.of(), left);
    try (Stream<Path> run = Files.list(data.resolve("run"))) {
      assertEquals(List.of(), run.filter(file -> file.toString().endsWith(".pid")).toList());
    }
  }
}
