package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.launcher.NodeSpec.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadinessTest {

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Timing TIMING =
      new Timing(SHORT, SHORT, SHORT, SHORT, SHORT, Duration.ofMillis(10), SHORT, SHORT, SHORT);

  @TempDir private Path temporary;

  @Test
  void databaseIsReadyWhenItsLogSaysSo() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"));
        Http http = new Http()) {
      Readiness readiness = new Readiness(http, nodes(data), data, TIMING);
      assertTrue(readiness.waitingForDatabase().orElseThrow().startsWith("db accepts no"));
      Files.writeString(data.log("db"), "INFO x\ndatabase ready on port 5000\n");
      assertEquals(Optional.empty(), readiness.waitingForDatabase());
    }
  }

  @Test
  void missingTokenFileIsToldAfterItsBound() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"));
        Http http = new Http()) {
      Readiness readiness = new Readiness(http, nodes(data), data, TIMING);
      LaunchException missing = assertThrows(LaunchException.class, readiness::tokens);
      assertTrue(missing.getMessage().startsWith(data.tokens() + " is missing or lacks "));
      Files.writeString(data.tokens(), "Admin=a\nGuest=g\n");
      assertEquals(new Tokens("a", "g"), readiness.tokens());
    }
  }

  @Test
  void coreThatNobodyReachesIsWaitedFor() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"));
        Http http = new Http()) {
      Readiness readiness = new Readiness(http, nodes(data), data, TIMING);
      assertEquals(
          Optional.of("core1 does not serve (log: " + data.log("core1") + ")"),
          readiness.waitingForCores());
      assertTrue(
          readiness
              .waitingForWorkers(new Tokens("a", "g"))
              .orElseThrow()
              .startsWith("The core on port 1 did not answer /v1/workers: "));
    }
  }

  /** A database and a core that were never started, and no worker. */
  private List<ManagedProcess> nodes(DataFolder data) {
    Layout layout = new Layout(temporary, Checkout.JAVA);
    return List.of(
        new ManagedProcess(
            new NodeSpec(Kind.DATABASE, "db", 5000, List.of("true"), Map.of()),
            data,
            layout,
            Map.of()),
        new ManagedProcess(
            new NodeSpec(Kind.CORE, "core1", 1, List.of("true"), Map.of()),
            data,
            layout,
            Map.of()));
  }
}
