package dev.funless.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the benchmark's own; what it prints goes to a file. Thread-safe. */
public final class Child implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final int TAIL_LINES = 20;

  /** {@code scripts/up} stops a whole platform within this. */
  private static final Duration STOP = Duration.ofSeconds(40);

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  static Child start(String name, List<String> command, Path directory, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Child(name, process, log);
  }

  /**
   * Waits for a complete line that starts with {@code prefix}.
   *
   * @throws IOException when the process ends, or the deadline passes, without it
   */
  public String awaitLine(String prefix, Duration deadline)
      throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + deadline.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      for (String line : completeLines()) {
        if (line.startsWith(prefix)) {
          return line;
        }
      }
      if (!alive) {
        throw new IOException("%s ended with %d:%n%s".formatted(name, process.exitValue(), tail()));
      }
      if (System.nanoTime() > endNanos) {
        throw new IOException("%s not ready after %s:%n%s".formatted(name, deadline, tail()));
      }
      Thread.sleep(POLL);
    }
  }

  /**
   * Waits for the process to end well.
   *
   * @return what it printed
   * @throws IOException when it ends with another exit code than 0, or not within the deadline
   */
  public String awaitEnd(Duration deadline) throws IOException, InterruptedException {
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("%s did not end within %s:%n%s".formatted(name, deadline, tail()));
    }
    if (process.exitValue() != 0) {
      throw new IOException("%s ended with %d:%n%s".formatted(name, process.exitValue(), tail()));
    }
    return Files.readString(log);
  }

  /** Writes a line to the process's standard input. */
  public void send(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks the process to end; then ends what is left of it and of what it started. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private List<String> completeLines() throws IOException {
    String text = Files.readString(log);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private String tail() throws IOException {
    List<String> lines = Files.readString(log).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
