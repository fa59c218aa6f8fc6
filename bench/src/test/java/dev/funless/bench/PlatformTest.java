package dev.funless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a {@code scripts/up} that keeps the promises of the real one but starts nothing. */
@Timeout(60)
class PlatformTest {

  private static final String UP =
      """
      #!/bin/bash
      [ "$1 $3 $5 $6" = "--port --data --workers 1" ] || { echo "wrong arguments: $*"; exit 9; }
      mkdir -p "$4/run"
      printf 'Admin=a\\nGuest=g\\n' > "$4/tokens"
      sleep 60 & worker=$!
      echo $$ > "$4/run/core1.pid"
      echo $worker > "$4/run/worker1.pid"
      echo 1 > "$4/run/db.pid"
      echo starting
      echo "ready http://127.0.0.1:$2"
      wait
      """;

  @TempDir private Path root;

  @Test
  void startsAPlatformAndKnowsItsTokenAndItsNodes() throws Exception {
    writeUp(UP);
    ProcessHandle core;
    ProcessHandle worker;
    Path folder;
    try (Children children = Children.open()) {
      folder = children.folder();
      Platform platform = Platform.start(children, root);
      assertEquals("g", platform.token());
      assertEquals("127.0.0.1", platform.core().getHost());
      Map<String, ProcessHandle> nodes = platform.nodes();
      assertEquals(List.of("core1", "worker1"), List.copyOf(nodes.keySet()));
      core = nodes.get("core1");
      worker = nodes.get("worker1");
      assertTrue(core.isAlive() && worker.isAlive());
      assertTrue(CpuMeter.start(nodes).microsPer(10).isPresent());
      assertTrue(CpuMeter.start(nodes).microsPer(0).isEmpty());
    }
    core.onExit().get(10, TimeUnit.SECONDS);
    worker.onExit().get(10, TimeUnit.SECONDS);
    assertFalse(Files.exists(folder));
  }

  @Test
  void failsWithWhatTheScriptSaid() throws Exception {
    writeUp("#!/bin/bash\necho port taken\nexit 3\n");
    try (Children children = Children.open()) {
      IOException failure = assertThrows(IOException.class, () -> Platform.start(children, root));
      assertTrue(failure.getMessage().contains("ended with 3"), failure.getMessage());
      assertTrue(failure.getMessage().contains("port taken"), failure.getMessage());
    }
  }

  @Test
  void waitsForALineNoLongerThanItsDeadline() throws Exception {
    try (Children children = Children.open()) {
      Child child = children.start("quiet", List.of("sleep", "60"), root);
      assertThrows(IOException.class, () -> child.awaitLine("ready ", Duration.ofMillis(200)));
      assertTrue(child.handle().isAlive());
    }
  }

  @Test
  void startsNoProcessAfterTheEnd() throws Exception {
    Children children = Children.open();
    children.close();
    assertThrows(
        IllegalStateException.class, () -> children.start("late", List.of("sleep", "60"), root));
  }

  @Test
  void doesNotGuessTheCpuTimeOfAProcessThatHasEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    CpuMeter meter = CpuMeter.start(Map.of("sleep", process.toHandle()));
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertTrue(meter.microsPer(10).isEmpty());
  }

  private void writeUp(String text) throws IOException {
    Path up = root.resolve("scripts/up");
    Files.createDirectories(up.getParent());
    Files.writeString(up, text);
    assertTrue(up.toFile().setExecutable(true));
  }
}
