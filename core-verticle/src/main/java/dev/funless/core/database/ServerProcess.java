package dev.funless.core.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a PostgreSQL server, found by the folder that it runs in. */
final class ServerProcess {

  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ServerProcess() {}

  /**
   * Ends a server that runs on after the node that started it was killed. Nothing that was
   * committed is lost: the log is replayed.
   */
  static void endLeftover(Path cluster) throws IOException {
    Optional<ProcessHandle> server = find(cluster);
    if (server.isEmpty()) {
      return;
    }
    ProcessHandle process = server.get();
    log.warn(
        "A PostgreSQL was left behind in {} as process {}; it is ended", cluster, process.pid());
    // CONT, as it may be frozen; INT is PostgreSQL's fast shutdown, QUIT its immediate one.
    for (String signal : List.of("CONT", "INT", "QUIT", "KILL")) {
      kill(signal, process.pid());
      if (!signal.equals("CONT") && hasEnded(process)) {
        return;
      }
    }
    throw new IOException(
        "The PostgreSQL left behind as process " + process.pid() + " cannot be ended.");
  }

  static Optional<ProcessHandle> find(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(process -> runsIn(cluster, process));
  }

  /** The id may belong to another process by now; a server's working folder is its cluster. */
  private static boolean runsIn(Path cluster, ProcessHandle process) {
    try {
      return Files.isSameFile(Path.of("/proc", String.valueOf(process.pid()), "cwd"), cluster);
    } catch (IOException e) {
      return false;
    }
  }

  private static void kill(String signal, long pid) throws IOException {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a PostgreSQL was being ended", e);
    }
  }

  private static boolean hasEnded(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a PostgreSQL was being ended", e);
    } catch (ExecutionException | CompletionException e) {
      throw new IOException(e);
    }
  }
}
