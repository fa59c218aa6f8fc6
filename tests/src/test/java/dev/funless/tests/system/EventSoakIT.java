package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred messages a second at QoS 1 while the broker, the core that owns the event and a worker
 * go away in turn: every message is invoked at least once, and its result reaches the function's
 * sink. {@code -Dfunless.soak.minutes=10} makes it last.
 */
class EventSoakIT {

  private static final Duration LASTS =
      Duration.ofMinutes(Integer.getInteger("funless.soak.minutes", 0));

  private static final int EVERY_MILLIS = 10;
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  /** Longer than a lease, so that the other core takes the event. */
  private static final Duration FROZEN = Duration.ofSeconds(8);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Platform platform;
  private MqttBroker broker;
  private SinkServer sink;

  @BeforeEach
  void start() throws Exception {
    platform = Platform.start("soak", Map.of(), Map.of());
    platform.addCore("core2").start();
    platform.awaitReady();
    broker = MqttBroker.start(folder);
    sink = SinkServer.on(0);
  }

  @AfterEach
  void stop() throws Exception {
    sink.close();
    broker.close();
    platform.close();
  }

  @Test
  void everyMessageIsInvokedAtLeastOnceWhateverGoesAway() throws Exception {
    deploy();
    long end = System.nanoTime() + LASTS.toNanos();
    int rounds = 0;
    try (MqttPublisher publisher = MqttPublisher.start(broker.port(), "soak/a", EVERY_MILLIS)) {
      do {
        stopBroker();
        killOwner();
        freezeOwner();
        killWorker();
        rounds++;
      } while (System.nanoTime() < end);
      publisher.stop();
      Eventually.holds(
          "the broker has acknowledged every message",
          PATIENCE,
          () -> publisher.acknowledged() == publisher.made());
      Eventually.holds(
          "each of %d messages has its result".formatted(publisher.made()),
          PATIENCE,
          () -> times().size() == publisher.made());
      tell(rounds, publisher.made());
    } catch (Throwable e) {
      System.err.println(platform.tails());
      throw e;
    }
    assertEquals(new JsonArray(), platform.guest().get("/v1/fn/_/soak/dead").array());
  }

  private void deploy() {
    JsonObject event =
        new JsonObject()
            .put("type", "mqtt")
            .put(
                "params",
                new JsonObject()
                    .put("host", "127.0.0.1")
                    .put("port", broker.port())
                    .put("topic", "soak/#"));
    JsonObject hook =
        new JsonObject()
            .put("type", "http")
            .put("params", new JsonObject().put("url", sink.url("/hook")));
    Answer deployed =
        platform
            .guest()
            .post(
                "/v1/fn/_",
                Form.of("soak", Checkout.wasm("echo-wat"))
                    .text("metadata", "{\"idempotent\":true}")
                    .text("events", new JsonArray().add(event).encode())
                    .text("sinks", new JsonArray().add(hook).encode()));
    assertEquals(201, deployed.status(), deployed.body());
  }

  private void stopBroker() throws Exception {
    Eventually.pause(BETWEEN);
    broker.stop();
    broker.start();
    awaitResults();
  }

  private void killOwner() {
    Eventually.pause(BETWEEN);
    Node owner = owner();
    owner.kill();
    awaitResults();
    owner.start();
    platform.awaitReady();
  }

  private void freezeOwner() {
    Eventually.pause(BETWEEN);
    Node owner = owner();
    owner.freeze();
    try {
      Eventually.pause(FROZEN);
      awaitResults();
    } finally {
      owner.thaw();
    }
    platform.awaitReady();
  }

  private void killWorker() {
    Eventually.pause(BETWEEN);
    Node worker = platform.node("alpha");
    worker.kill();
    awaitResults();
    worker.start();
    platform.awaitReady();
  }

  /** The core that has the event now. */
  private Node owner() {
    JsonObject[] event = new JsonObject[1];
    Eventually.holds(
        "a core has the event",
        PATIENCE,
        () -> {
          event[0] =
              platform
                  .guest()
                  .get("/v1/fn/_/soak")
                  .object()
                  .getJsonArray("events")
                  .getJsonObject(0);
          return event[0].containsKey("core");
        });
    return platform.node(event[0].getString("core"));
  }

  /** Results come, whatever is away. */
  private void awaitResults() {
    int before = sink.count();
    Eventually.holds("results go on coming", PATIENCE, () -> sink.count() >= before + 100);
  }

  /** How often the sink was given each number's result. */
  private Map<Integer, Long> times() {
    return sink.calls("/hook").stream()
        .map(SinkServer.Call::json)
        .filter(envelope -> envelope.getString("outcome").equals("ok"))
        .collect(
            Collectors.groupingBy(
                envelope -> envelope.getJsonObject("result").getInteger("n"),
                TreeMap::new,
                Collectors.counting()));
  }

  private void tell(int rounds, int made) {
    List<Long> again = times().values().stream().filter(count -> count > 1).toList();
    System.out.printf(
        "Soak: %d rounds, %d messages, each at least once, %d more than once (%d times too many)%n",
        rounds, made, again.size(), again.stream().mapToLong(count -> count - 1).sum());
  }
}
