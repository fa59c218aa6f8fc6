package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class LeftoverProcessesTest {

  @TempDir private Path temporary;

  private final List<Process> processes = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private DataFolder data;
  private LeftoverProcesses leftovers;

  @BeforeEach
  void open() throws Exception {
    data = DataFolder.open(temporary.resolve("data"));
    Files.createDirectories(data.database());
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    leftovers =
        new LeftoverProcesses(
            data, Timing.DEFAULT.withStop(Duration.ofSeconds(2)), new Console(stream, stream));
  }

  @AfterEach
  void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    data.close();
  }

  @Test
  void endsNodeOfThisFolderAndSaysSo() throws Exception {
    Process node = node(data.folder().resolve("worker1"));
    data.writePid("worker1", node.pid());
    leftovers.endNodes();
    assertFalse(node.waitFor() == 0);
    assertFalse(Files.exists(data.pid("worker1")));
    assertTrue(said.toString(StandardCharsets.UTF_8).startsWith("Ending worker1 (process "));
  }

  @Test
  void letsNodeOfAnotherFolderBe() throws Exception {
    Process node = node(Path.of(data.folder() + "-2").resolve("worker1"));
    data.writePid("worker1", node.pid());
    leftovers.endNodes();
    assertTrue(node.isAlive());
    assertFalse(Files.exists(data.pid("worker1")));
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void letsStrangerWithTheIdOfNodeBe() throws Exception {
    Process stranger = start(new ProcessBuilder("sleep", "60"));
    data.writePid("core1", stranger.pid());
    Files.writeString(data.pid("core2"), "nonsense");
    Files.writeString(data.pid("core3"), "");
    leftovers.endNodes();
    assertTrue(stranger.isAlive());
    assertEquals(List.of(), data.pids());
  }

  @Test
  void endsFrozenDatabaseOfThisFolder() throws Exception {
    Process postgres = postgres(data.database());
    postmasterPid(postgres.pid());
    new ProcessBuilder("kill", "-STOP", Long.toString(postgres.pid())).start().waitFor();
    leftovers.endDatabase();
    assertEquals(128 + 2, postgres.waitFor(), "by SIGINT");
  }

  @Test
  void endsDatabaseThatNoPidFileNames() throws Exception {
    Process postgres = postgres(data.database());
    leftovers.endDatabase();
    assertEquals(128 + 2, postgres.waitFor());
  }

  @Test
  void letsDatabaseOfAnotherFolderBeAndFreesItsIdFromThePidFile() throws Exception {
    Process other = postgres(Files.createDirectories(temporary.resolve("other/database")));
    postmasterPid(other.pid());
    leftovers.endDatabase();
    assertTrue(other.isAlive());
    assertFalse(Files.exists(data.database().resolve("postmaster.pid")));
  }

  @Test
  void leavesThePidFileOfDeadDatabaseToPostgres() throws Exception {
    Process dead = start(new ProcessBuilder("true"));
    dead.waitFor();
    postmasterPid(dead.pid());
    leftovers.endDatabase();
    assertTrue(Files.exists(data.database().resolve("postmaster.pid")));
  }

  private void postmasterPid(long pid) throws IOException {
    Files.writeString(
        data.database().resolve("postmaster.pid"), pid + "\n" + data.database() + "\n5432\n");
  }

  /** A process that looks like the postmaster: its name, its working folder. */
  private Process postgres(Path folder) throws Exception {
    Path program = temporary.resolve("postgres");
    if (!Files.exists(program)) {
      Files.copy(Path.of("/bin/sleep"), program);
    }
    return start(new ProcessBuilder(program.toString(), "60").directory(folder.toFile()));
  }

  /** A process that looks like a node: a word of its command line, its environment. */
  private Process node(Path dataOfNode) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "while :; do sleep 0.1; done", "x", Layout.WORKER_JAR);
    builder.environment().put(NodeContract.DATA, dataOfNode.toString());
    return start(builder);
  }

  /** Starts it and waits until it is the program, not the JVM's helper that becomes it. */
  private Process start(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    processes.add(process);
    String last = builder.command().getLast();
    while (process.isAlive()
        && !OsProcess.find(process.pid()).map(p -> p.arguments().contains(last)).orElse(false)) {
      Thread.sleep(5);
    }
    return process;
  }
}
