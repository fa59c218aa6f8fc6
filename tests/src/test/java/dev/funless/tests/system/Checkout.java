package dev.funless.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  static void requireJars() {
    for (Path jar : new Path[] {CORE_JAR, WORKER_JAR}) {
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(jar + " is missing; 'mvn verify' makes it first.");
      }
    }
  }
}
