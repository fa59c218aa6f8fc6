package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The example application on the bus, in a JVM of its own. */
class BusConsumerIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final long PATIENCE_SECONDS = 60;

  private final Platform platform = PLATFORM.get();

  @TempDir private Path folder;

  @Test
  void hearsTheWorkersAndInvokesAFunction() throws Exception {
    platform.guest().deploy("on_the_bus", "echo-c");

    List<String> output = run("on_the_bus", "{\"from\":\"the bus\"}");

    assertTrue(
        output.stream()
            .anyMatch(line -> line.matches("worker (alpha|beta|gamma) runs \\d+ calls .*")),
        output::toString);
    assertTrue(
        output.stream()
            .anyMatch(
                line ->
                    line.matches("answered by (alpha|beta|gamma): \\{\"from\":\\s*\"the bus\"}")),
        output::toString);
  }

  @Test
  void isToldWhyAFunctionCannotBeInvoked() throws Exception {
    List<String> output = run("no_such_thing", "{}");

    assertTrue(
        output.stream().anyMatch(line -> line.contains("There is no function")), output::toString);
  }

  private List<String> run(String function, String args) throws IOException, InterruptedException {
    Path log = folder.resolve("bus-consumer.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Checkout.JAVA.toString(),
                "@config/core.jvm",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Checkout.BUS_CONSUMER_JAR.toString(),
                function,
                args)
            .directory(Checkout.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = platform.applicationEnvironment();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      List<String> output = Files.readAllLines(log);
      assertTrue(ended, output::toString);
      assertEquals(0, process.exitValue(), output::toString);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
