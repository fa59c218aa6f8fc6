package dev.funless.tests.system;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** What the tests use of the checkout that they run in: jars, scripts, example functions. */
final class Checkout {

  static final Path ROOT =
      Path.of(System.getProperty("funless.root", "..")).toAbsolutePath().normalize();

  static final Path CORE_JAR = ROOT.resolve("core-verticle/target/core-fat.jar");
  static final Path WORKER_JAR = ROOT.resolve("worker-verticle/target/worker-fat.jar");
  static final Path BUS_CONSUMER_JAR =
      ROOT.resolve("examples/bus-consumer/target/bus-consumer-fat.jar");
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** Where logs and data of the platforms go, each in a folder of its own. */
  static final Path OUTPUT = ROOT.resolve("tests/target/system-tests");

  private Checkout() {}

  /**
   * The code of an example function.
   *
   * @param name without {@code .wasm}
   */
  static byte[] wasm(String name) {
    try {
      return Files.readAllBytes(ROOT.resolve("examples/functions/wasm/" + name + ".wasm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The jars that {@code scripts/up} runs from. They count as just built, as the build that runs
   * these tests has seen to them: Maven leaves the time of a jar in which nothing has changed, and
   * the script would build once more, under the nodes that run.
   */
  static void touchJars() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    for (Path jar : List.of(CORE_JAR, WORKER_JAR, ROOT.resolve("launcher/target/launcher.jar"))) {
      Files.setLastModifiedTime(built(jar), now);
    }
  }

  /**
   * Copies of the core's and the worker's jar, for one run of the tests: a build must not replace a
   * jar from which a node still loads classes.
   */
  static Jars copyJars(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new Jars(
        Files.copy(built(CORE_JAR), folder.resolve("core-fat.jar"), REPLACE_EXISTING),
        Files.copy(built(WORKER_JAR), folder.resolve("worker-fat.jar"), REPLACE_EXISTING));
  }

  /** What nodes run from. */
  record Jars(Path core, Path worker) {}

  private static Path built(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing; 'mvn verify' makes it first.");
    }
    return jar;
  }
}
