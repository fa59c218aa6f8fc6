package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A launcher that runs as a process; what it prints is in two files. Closing kills it. */
record Launcher(Process process, Path outFile, Path errFile) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  List<String> out() throws IOException {
    return Files.readAllLines(outFile);
  }

  List<String> err() throws IOException {
    return Files.readAllLines(errFile);
  }

  void awaitReady() throws Exception {
    await(() -> out().stream().anyMatch(line -> line.startsWith("ready ")));
  }

  /** Waits until it holds; a launcher that ends meanwhile fails the test. */
  void await(Condition condition) throws Exception {
    Deadline deadline = Deadline.in(PATIENCE);
    while (!condition.holds()) {
      if (deadline.passed() || !process.isAlive()) {
        fail("out: " + out() + ", err: " + err() + ", alive: " + process.isAlive());
      }
      Thread.sleep(20);
    }
  }

  int exit() throws Exception {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      fail("still runs; err: " + err());
    }
    return process.exitValue();
  }

  void send(OsProcess.Signal signal) throws InterruptedException {
    OsProcess.find(process.pid()).orElseThrow().send(signal);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Something to wait for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }
}
