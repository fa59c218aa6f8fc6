package dev.funless.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives test classes a platform that they share: the first one starts it, the end of all tests
 * stops it. Shows the ends of the logs when a test fails.
 */
final class RunningPlatform implements BeforeAllCallback, AfterTestExecutionCallback {

  private static final Namespace NAMESPACE = Namespace.create(RunningPlatform.class);

  private final String name;
  private final Map<String, String> memberSettings;
  private final Map<String, String> workerSettings;
  private Platform platform;

  private RunningPlatform(
      String name, Map<String, String> memberSettings, Map<String, String> workerSettings) {
    this.name = name;
    this.memberSettings = memberSettings;
    this.workerSettings = workerSettings;
  }

  /**
   * One whose nodes no test harms: a silent one was just stopped by its collector or the machine,
   * and is not given up for it. One that has ended is noticed at once all the same.
   */
  static RunningPlatform peaceful() {
    return new RunningPlatform(
        "peaceful",
        Map.of(
            "FUNLESS_CLUSTER_SILENCE_MS", "30000",
            "FUNLESS_SCHEDULER_WORKER_SILENCE_MS", "30000"),
        Map.of("FUNLESS_WORKER_PLACES", "2"));
  }

  /**
   * One whose nodes tests may kill, if they bring them back. A worker runs one call at a time, even
   * where it waits, and three more may wait for it.
   */
  static RunningPlatform embattled() {
    return new RunningPlatform(
        "embattled",
        Map.of(),
        Map.of(
            "FUNLESS_WORKER_PLACES", "1",
            "FUNLESS_WORKER_WAITING", "0",
            "FUNLESS_WORKER_QUEUE", "3"));
  }

  Platform get() {
    return platform;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // The store closes it after the last test.
    platform =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(name, _ -> started(), Platform.class);
  }

  private Platform started() {
    try {
      return Platform.start(name, memberSettings, workerSettings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName() + " failed; the logs end so:");
      System.err.println(platform.tails());
    }
  }
}
