package dev.funless.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One node of a platform, run as a process; can be started again. Used by one thread. */
final class Node {

  private static final int TAIL_LINES = 40;
  private static final Duration KILL = Duration.ofSeconds(10);

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final int httpPort;
  private Process process;

  /** Where the log of this run begins. */
  private int logStart;

  /**
   * @param httpPort where it answers {@code /v1/ready}; the database's own port
   */
  Node(String name, List<String> command, Map<String, String> environment, Path log, int httpPort) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.httpPort = httpPort;
  }

  String name() {
    return name;
  }

  int port() {
    return httpPort;
  }

  void start() {
    logStart = log().length();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Checkout.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  /** Whether it has logged the text since it was started last. */
  boolean logged(String text) {
    return log().indexOf(text, logStart) >= 0;
  }

  /** What it has logged since it was started last. */
  Stream<String> lines() {
    return log().substring(logStart).lines();
  }

  /** Asks it to end, and does not wait. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitExit(KILL);
  }

  void freeze() {
    Signals.send("STOP", process.pid());
  }

  void thaw() {
    Signals.send("CONT", process.pid());
  }

  /** Waits for its end; gives the exit code. */
  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " has not ended after " + patience + "\n" + tail());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it in any case: asks, waits, kills. */
  void end(Duration patience) {
    if (!alive()) {
      return;
    }
    thaw();
    terminate();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of its log, under its name. */
  String tail() {
    List<String> lines = log().lines().toList();
    return "--- %s (%s)%n%s%n"
        .formatted(
            name,
            log,
            String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())));
  }

  private String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
