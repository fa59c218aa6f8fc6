package dev.funless.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a checkout are. Paths in commands are relative to the root, the nodes' working
 * folder, so that a root with odd characters needs no quoting in the JVM's option files.
 *
 * @param root the checkout
 * @param java the {@code java} that runs the nodes
 */
record Layout(Path root, Path java) {

  static final String CORE_JAR = "core-verticle/target/core-fat.jar";
  static final String WORKER_JAR = "worker-verticle/target/worker-fat.jar";
  static final String DATABASE_MAIN = "dev.funless.core.database.DatabaseMain";
  static final String HELLO = "examples/functions/wasm/hello-c.wasm";

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  Path defaultData() {
    return root.resolve(".funless");
  }

  /** The code of the example function that is deployed at the first start. */
  Path hello() {
    return root.resolve(HELLO);
  }

  List<String> databaseCommand() {
    return command("@config/db.jvm", "-cp", CORE_JAR, DATABASE_MAIN);
  }

  List<String> coreCommand() {
    return command("@config/core.jvm", "-jar", CORE_JAR);
  }

  List<String> workerCommand() {
    return command("@config/worker.jvm", "-jar", WORKER_JAR);
  }

  /**
   * A session of its own keeps a terminal's Ctrl-C from a node, so that the launcher alone decides
   * in which order they stop. {@code setsid} becomes the JVM, which keeps its process id.
   */
  private List<String> command(String... arguments) {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString());
    }
    words.add(java.toString());
    words.addAll(List.of(arguments));
    return List.copyOf(words);
  }
}
