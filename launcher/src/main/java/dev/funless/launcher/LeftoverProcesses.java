package dev.funless.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes and databases of a data folder that a killed launcher left behind. Nothing is ended for its
 * process id alone: a node must run one of the platform's jars with its data inside the folder, a
 * PostgreSQL must work in the folder. What another user runs cannot be looked into and is let be.
 */
final class LeftoverProcesses {

  private final DataFolder data;
  private final Timing timing;
  private final Console console;

  LeftoverProcesses(DataFolder data, Timing timing, Console console) {
    this.data = data;
    this.timing = timing;
    this.console = console;
  }

  /** Ends the nodes that pid files name, and deletes those files. */
  void endNodes() throws IOException, LaunchException, InterruptedException {
    Map<OsProcess, String> nodes = new LinkedHashMap<>();
    for (Path file : data.pids()) {
      String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
      pidIn(file).flatMap(OsProcess::find).filter(this::isNode).ifPresent(p -> nodes.put(p, name));
    }
    nodes.forEach(
        (process, name) ->
            console.say(
                "Ending %s (process %d), left behind by a killed scripts/up."
                    .formatted(name, process.pid())));
    requireNone(Ending.ofNode(timing).apply(nodes.keySet()));
    for (Path file : data.pids()) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Ends the PostgreSQL of the data folder, and lets the next one start: it refuses to where its
   * own pid file names a process that lives, which after a restart of the machine may be any.
   */
  void endDatabase() throws IOException, LaunchException, InterruptedException {
    Path pidFile = data.database().resolve("postmaster.pid");
    Optional<OsProcess> named = pidIn(pidFile).flatMap(OsProcess::find);
    Optional<OsProcess> postmaster = named.filter(this::isPostgres);
    if (postmaster.isPresent()) {
      requireNone(Ending.ofPostgres(timing).apply(List.of(postmaster.get())));
    }
    // Backends end by themselves soon after a postmaster that was killed, unless they are frozen.
    requireNone(
        Ending.ofPostgres(timing)
            .apply(OsProcess.all().stream().filter(this::isPostgres).toList()));
    if (named.isPresent() && postmaster.isEmpty()) {
      Files.deleteIfExists(pidFile);
    }
  }

  private boolean isNode(OsProcess process) {
    String folder = data.folder().toString();
    boolean oursByJar =
        process.arguments().stream()
            .anyMatch(word -> word.endsWith(Layout.CORE_JAR) || word.endsWith(Layout.WORKER_JAR));
    return oursByJar
        && process
            .variable(NodeContract.DATA)
            .filter(path -> path.equals(folder) || path.startsWith(folder + "/"))
            .isPresent();
  }

  private boolean isPostgres(OsProcess process) {
    List<String> words = process.arguments();
    if (words.isEmpty()) {
      return false;
    }
    String program = words.getFirst();
    boolean named = program.endsWith("/postgres") || program.startsWith("postgres");
    return named
        && (process.workingFolder().filter(data.database()::equals).isPresent()
            || words.contains(data.database().toString()));
  }

  private void requireNone(List<OsProcess> left) throws LaunchException {
    if (!left.isEmpty()) {
      throw new LaunchException(
          "Process %d of an earlier launch on %s cannot be ended; end it and try again."
              .formatted(left.getFirst().pid(), data.folder()));
    }
  }

  /** The first line as a process id; empty where the file is missing or says something else. */
  private static Optional<Long> pidIn(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return Files.readString(file)
        .lines()
        .findFirst()
        .map(String::strip)
        .filter(line -> line.matches("[1-9][0-9]{0,17}"))
        .map(Long::valueOf);
  }
}
