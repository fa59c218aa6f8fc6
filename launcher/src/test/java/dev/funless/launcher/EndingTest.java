package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.launcher.OsProcess.Signal;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class EndingTest {

  private static final Ending ENDING =
      new Ending(
          List.of(
              new Ending.Step(Signal.TERM, Duration.ofSeconds(2)),
              new Ending.Step(Signal.KILL, Duration.ofSeconds(5))));

  @Test
  void endsWillingProcessWithItsFirstSignal() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    assertEquals(List.of(), ENDING.apply(List.of(os(process))));
    assertEquals(128 + 15, process.waitFor());
  }

  @Test
  void endsFrozenProcessWithItsFirstSignal() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    assertEquals(List.of(), ENDING.apply(List.of(os(process))));
    assertEquals(128 + 15, process.waitFor());
  }

  @Test
  void killsProcessThatTakesNoTermination() throws Exception {
    Process process = stubborn();
    assertEquals(List.of(), ENDING.apply(List.of(os(process))));
    assertEquals(128 + 9, process.waitFor());
  }

  @Test
  void answersWithWhatOutlivesEveryStep() throws Exception {
    Process process = stubborn();
    try {
      Ending asking = new Ending(List.of(new Ending.Step(Signal.TERM, Duration.ofMillis(200))));
      assertEquals(List.of(os(process)), asking.apply(List.of(os(process))));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void interruptedThreadDoesNotTakeProcessesForEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      OsProcess os = os(process);
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> ENDING.apply(List.of(os)));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void processThatHasEndedIsNotItsSuccessorWithTheSameId() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      OsProcess earlier = new OsProcess(process.pid(), "1");
      assertFalse(earlier.alive());
      earlier.send(Signal.KILL);
      assertFalse(process.waitFor(200, TimeUnit.MILLISECONDS));
      assertTrue(os(process).alive());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void zombieIsNotAlive() throws Exception {
    // The inner sleep ends at once, and the outer one, which took the shell's place, never waits.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine());
      Thread.sleep(500);
      assertTrue(ProcessHandle.of(child).isPresent());
      assertTrue(OsProcess.find(child).isEmpty());
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void processesTellTheirArgumentsVariablesAndFolder() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sleep", "61").directory(new File("/"));
    builder.environment().put("FUNLESS_DATA_DIR", "/some where");
    Process process = builder.start();
    try {
      OsProcess os = os(process);
      while (!os.arguments().contains("61")) {
        Thread.sleep(10);
      }
      assertEquals("/some where", os.variable("FUNLESS_DATA_DIR").orElseThrow());
      assertTrue(os.variable("FUNLESS_DATA").isEmpty());
      assertEquals("/", os.workingFolder().orElseThrow().toString());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process stubborn() throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo; while :; do sleep 1; done").start();
    process.inputReader().readLine();
    return process;
  }

  private static OsProcess os(Process process) {
    return OsProcess.find(process.pid()).orElseThrow();
  }
}
