package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts bound and compare what functions cost by the latencies to their services. */
class LatencyIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Duration MEASURED = Duration.ofSeconds(30);
  private static final int QUEUED_CONNECTIONS = 1_000;
  private static final Pattern FIGURE = Pattern.compile("min_latency: ([0-9.]+) ms");
  private static final String NEAR = "near_its_service";
  private static final String MAX_LATENCY =
      """
      - default:
          - workers: "*"
            strategy: random
            invalidate:
              max_latency: 1000
      """;
  private static ServerSocket service;

  private final Client client = PLATFORM.get().guest();
  private final StoredScripts scripts = new StoredScripts(client, "latency");

  @BeforeAll
  static void listen() throws IOException {
    service = listening();
    deploy(NEAR, service.getLocalPort(), new JsonObject());
  }

  /** The kernel accepts connections to it; nobody answers. */
  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, QUEUED_CONNECTIONS, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static void deploy(String name, int port, JsonObject more) {
    String host = "127.0.0.1:" + port;
    JsonObject metadata =
        new JsonObject()
            .put("services", new JsonArray().add("http://" + host))
            .put("allowed_hosts", new JsonArray().add(host))
            .mergeIn(more);
    PLATFORM.get().guest().deploy(name, Form.of(name, "echo-wat", metadata));
  }

  @AfterEach
  void deleteScripts() {
    scripts.close();
  }

  @AfterAll
  static void stopListening() throws IOException {
    service.close();
  }

  @Test
  void aServiceThatIsReachedIsNearAndOneThatIsNotRulesEveryWorkerOut() throws IOException {
    deploy("far_from_its_service", FreePorts.next(), new JsonObject());
    JsonObject by = scripts.by(MAX_LATENCY);
    try (ServerSocket forbidden = listening();
        ServerSocket latest = listening()) {
      JsonObject nothingAllowed = new JsonObject().put("allowed_hosts", new JsonArray());
      deploy("kept_from_its_service", forbidden.getLocalPort(), nothingAllowed);
      deploy("measured_last", latest.getLocalPort(), new JsonObject());
      awaitMeasuredEverywhere("measured_last", by);

      isTooFar("far_from_its_service", by);
      isTooFar("kept_from_its_service", by);
      assertEquals(204, client.delete("/v1/fn/_/measured_last").status());
    }
  }

  private void isTooFar(String name, JsonObject by) {
    Answer answer = client.invoke(name + "?explain=true", new JsonObject(), by);
    assertEquals(503, answer.status(), answer.toString());
    assertEquals("no_valid_worker", answer.error());
    assertEquals(
        "No worker is valid for the tag 'default' of the script '%s': max_latency is exceeded."
            .formatted(by.getString("script")),
        answer.detail());
    assertEquals(
        Set.of("the latency is 999999 ms, above max_latency 1000"),
        verdicts(answer).map(verdict -> verdict.getString("reason")).collect(Collectors.toSet()));
    assertTrue(verdicts(answer).allMatch(verdict -> verdict.getInteger("line") == 4));
    assertEquals(204, client.delete("/v1/fn/_/" + name).status());
  }

  @Test
  void theCostIsWhatTheFunctionSaysItIsForItsArguments() {
    deploy(
        "costly", service.getLocalPort(), new JsonObject().put("cost", "max(A, nat(items) * 100)"));
    JsonObject by = scripts.by(MAX_LATENCY);
    awaitMeasuredEverywhere(NEAR, by);
    JsonObject few = new JsonObject().put("items", 2);
    JsonObject many = new JsonObject().put("items", 20);

    assertEquals(200, client.invoke("costly", few, by).status());
    Answer answer = client.invoke("costly?explain=true", many, by);

    assertEquals(503, answer.status(), answer.toString());
    assertTrue(
        verdicts(answer)
            .anyMatch(
                verdict ->
                    verdict
                        .getString("reason")
                        .equals("the latency is 2000 ms, above max_latency 1000")),
        answer::body);
    assertEquals(204, client.delete("/v1/fn/_/costly").status());
  }

  @Test
  void minLatencyTakesTheWorkerThatIsNearest() {
    JsonObject by =
        scripts.by(
            """
            - default:
                - workers: "*"
                  strategy: min_latency
            """);
    awaitMeasuredEverywhere(NEAR, scripts.by(MAX_LATENCY));

    Answer answer = client.invoke(NEAR + "?explain=true", new JsonObject(), by);

    assertEquals(200, answer.status(), answer.toString());
    double least = verdicts(answer).mapToDouble(LatencyIT::millis).min().orElseThrow();
    JsonObject chosen =
        verdicts(answer)
            .filter(verdict -> verdict.getString("outcome").equals("chosen"))
            .findFirst()
            .orElseThrow();
    assertEquals(least, millis(chosen), answer::body);
    assertEquals(answer.worker(), chosen.getString("worker"));
    assertTrue(least < 1_000, answer::body);
  }

  /** Until every worker has told how near the service is. */
  private void awaitMeasuredEverywhere(String function, JsonObject by) {
    Eventually.holds(
        "all workers have measured the service of " + function,
        MEASURED,
        () -> {
          Answer answer = client.invoke(function + "?explain=true", new JsonObject(), by);
          return answer.status() == 200
              && verdicts(answer)
                  .noneMatch(verdict -> verdict.getString("outcome").equals("ruled_out"));
        });
  }

  private static Stream<JsonObject> verdicts(Answer answer) {
    return answer.json().getJsonArray("decisions").getJsonObject(0).getJsonArray("workers").stream()
        .map(JsonObject.class::cast);
  }

  private static double millis(JsonObject verdict) {
    Matcher matcher = FIGURE.matcher(verdict.getString("reason"));
    assertTrue(matcher.matches(), verdict::encode);
    return Double.parseDouble(matcher.group(1));
  }
}
