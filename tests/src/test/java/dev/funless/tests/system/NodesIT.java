package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What nodes tell of themselves: health, readiness, the workers, metrics. */
class NodesIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Pattern METRIC =
      Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? \\S+( \\S+)?");

  private final Platform platform = PLATFORM.get();
  private final Client nobody = Client.of(platform.core().port());

  @Test
  void healthAndReadinessNeedNoToken() {
    assertEquals(200, nobody.get("/v1/").status());
    assertEquals(200, nobody.get("/v1/ready").status());
    for (Platform.WorkerPlace worker : Platform.WORKERS) {
      assertEquals(200, Client.of(platform.node(worker.name()).port()).get("/v1/ready").status());
    }
  }

  @Test
  void aPathThatDoesNotExistIs404AsJson() {
    for (String path : List.of("/", "/v1", "/v2/fn", "/v1/fn/_/a/b", "/v1/nothing")) {
      Answer answer = platform.guest().get(path);
      assertEquals(404, answer.status(), path);
      assertTrue(!answer.detail().isEmpty(), path);
    }
  }

  @Test
  void workersAreListedWithTheirPlaceMemoryMachineAndCalls() {
    JsonArray workers = platform.guest().get("/v1/workers").array();

    assertEquals(Platform.WORKERS.size(), workers.size());
    for (int i = 0; i < workers.size(); i++) {
      JsonObject worker = workers.getJsonObject(i);
      Platform.WorkerPlace expected = Platform.WORKERS.get(i);
      assertEquals(expected.name(), worker.getString("name"));
      assertEquals(expected.zone(), worker.getString("zone"));
      assertEquals(expected.tag(), worker.getString("tag"));
      assertTrue(worker.getBoolean("reported"));
      JsonObject memory = worker.getJsonObject("memory");
      long total = memory.getLong("total_bytes");
      long available = memory.getLong("available_bytes");
      assertTrue(total > 0 && available > 0 && available <= total, memory.encode());
      JsonObject machine = worker.getJsonObject("machine");
      assertTrue(machine.getLong("memory_total_bytes") > 0, machine.encode());
      assertTrue(machine.getLong("memory_available_bytes") > 0, machine.encode());
      assertEquals(3, machine.getJsonArray("load").size());
      JsonObject invocations = worker.getJsonObject("invocations");
      assertEquals(2, invocations.getInteger("places"));
      assertEquals(256, invocations.getInteger("queue_limit"));
    }
  }

  @Test
  void metricsCountInvocationsByFunctionAndOutcome() {
    platform.guest().deploy("counted", "fail-c");
    int calls = 3;
    for (int i = 0; i < calls; i++) {
      assertEquals(422, platform.guest().invoke("counted", new JsonObject()).status());
    }

    String ofCore = metrics(platform.core());
    assertEquals(calls, count(ofCore, "funless_invocations_seconds_count", "_/counted"));
    assertTrue(ofCore.contains("jvm_memory_used_bytes"), "the JVM's own figures");

    double onWorkers = 0;
    for (Platform.WorkerPlace worker : Platform.WORKERS) {
      String text = metrics(platform.node(worker.name()));
      onWorkers += count(text, "funless_calls_seconds_count", "_/counted");
      assertTrue(text.contains("funless_engine_memory_total_bytes"), "the engine's figures");
    }
    assertEquals(calls, onWorkers);
  }

  private static String metrics(Node node) {
    Answer answer = Client.of(node.port()).get("/metrics");
    assertEquals(200, answer.status());
    assertTrue(answer.header("Content-Type").startsWith("text/plain; version=0.0.4"));
    answer
        .body()
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> assertTrue(METRIC.matcher(line).matches(), line));
    return answer.body();
  }

  private static double count(String metrics, String name, String function) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> line.contains("function=\"" + function + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
