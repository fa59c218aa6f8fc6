package dev.funless.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of this machine, read from Linux's {@code /proc}. The start time tells it from a later
 * process with the same id.
 *
 * @param startTime in clock ticks since the machine started
 */
record OsProcess(long pid, String startTime) {

  /** What can be sent to a process. */
  enum Signal {
    /** Asks to stop; PostgreSQL waits for its clients then. */
    TERM,
    /** Asks to stop; PostgreSQL drops its clients then. */
    INT,
    /** PostgreSQL ends at once and recovers at the next start. */
    QUIT,
    KILL,
    /** Lets a frozen process go on. */
    CONT
  }

  private static final Path PROC = Path.of("/proc");

  /** Where the state and the start time stand in {@code stat}, behind the name in brackets. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  private static final long SIGNAL_SECONDS = 5;

  /** The process with this id, unless it has ended. */
  static Optional<OsProcess> find(long pid) {
    return stat(pid).map(fields -> new OsProcess(pid, fields.get(START_TIME)));
  }

  /** All processes, those that this user may not look into included. */
  static List<OsProcess> all() {
    return ProcessHandle.allProcesses().flatMap(process -> find(process.pid()).stream()).toList();
  }

  /** Whether it still runs, frozen or not; one that has ended and was not waited for does not. */
  boolean alive() {
    return stat(pid).map(fields -> fields.get(START_TIME).equals(startTime)).orElse(false);
  }

  /** Sends the signal if the process is still this one; whether it had an effect is not known. */
  void send(Signal signal) throws InterruptedException {
    if (!alive()) {
      return;
    }
    switch (signal) {
      case TERM -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
      case KILL -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      case INT, QUIT, CONT -> sendByShell(signal);
    }
  }

  /** The words it was started with; empty where it has ended or may not be looked into. */
  List<String> arguments() {
    return words("cmdline");
  }

  /** A variable of the environment it was started with. */
  Optional<String> variable(String name) {
    String prefix = name + "=";
    return words("environ").stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .findFirst();
  }

  Optional<Path> workingFolder() {
    try {
      return Optional.of(Files.readSymbolicLink(file("cwd")));
    } catch (IOException endedOrForeign) {
      return Optional.empty();
    }
  }

  private List<String> words(String file) {
    try {
      String text = new String(Files.readAllBytes(file(file)), StandardCharsets.UTF_8);
      return Stream.of(text.split("\0", -1)).filter(word -> !word.isEmpty()).toList();
    } catch (IOException endedOrForeign) {
      return List.of();
    }
  }

  private Path file(String name) {
    return PROC.resolve(Long.toString(pid)).resolve(name);
  }

  /** The JDK sends SIGTERM and SIGKILL only; every shell has {@code kill} built in. */
  private void sendByShell(Signal signal) throws InterruptedException {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + pid)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!shell.waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (IOException noShell) {
      // The next, stronger signal of whoever sends this one needs no shell.
    }
  }

  private static Optional<List<String>> stat(long pid) {
    try {
      String stat =
          new String(
              Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat")),
              StandardCharsets.UTF_8);
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return "ZX".contains(fields.get(STATE)) ? Optional.empty() : Optional.of(fields);
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
