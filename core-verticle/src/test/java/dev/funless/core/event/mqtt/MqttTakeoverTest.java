package dev.funless.core.event.mqtt;

import static dev.funless.core.event.TestCore.finish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.connector.Broker;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.NewConnectors;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.event.TestCore;
import dev.funless.shared.function.FunctionId;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two cores, a real database and a real broker, while somebody publishes all the time. */
class MqttTakeoverTest {

  private static final int MESSAGES = 700;

  @Test
  void noMessageIsLostWhileOneOwnerFreezesAndTheNextIsKilled() throws Exception {
    Broker broker = Broker.start();
    PgConnectOptions server = TestCore.database();
    AtomicInteger cores = new AtomicInteger(1);
    TestCore first = core("first", server, cores);
    String parameters =
        TestCore.JSON.stored(
            new MqttParameters(
                "127.0.0.1",
                new Port(broker.port()),
                "t",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    finish(
        first.catalog.createFunction(
            new FunctionId("_", "f"),
            TestCore.CODE,
            FunctionMetadata.NONE,
            new NewConnectors(
                Optional.of(List.of(new NewConnector("mqtt", parameters))),
                Optional.of(List.of()))));
    awaitState(server, "first connected");
    TestCore second = core("second", server, cores);

    Vertx vertx = Vertx.vertx();
    AtomicInteger published = new AtomicInteger();
    // Its own bound on what is unacknowledged must not lose messages where the broker is slow.
    MqttClient publisher =
        MqttClient.create(vertx, new MqttClientOptions().setMaxInflightQueue(MESSAGES));
    AtomicInteger refused = new AtomicInteger();
    finish(publisher.connect(broker.port(), "127.0.0.1"));
    long timer =
        vertx.setPeriodic(
            20,
            _ -> {
              if (published.get() < MESSAGES) {
                int number = published.incrementAndGet();
                publisher
                    .publish("t", Buffer.buffer("" + number), MqttQoS.AT_LEAST_ONCE, false, false)
                    .onFailure(_ -> refused.incrementAndGet());
              }
            });
    await().until(() -> !first.invoked.isEmpty());

    first.freeze(9_000);
    awaitState(server, "second connected");
    await().atMost(Duration.ofSeconds(10)).until(() -> second.invoked.size() > 50);
    second.close();
    awaitState(server, "first connected");
    await().atMost(Duration.ofSeconds(30)).until(() -> published.get() == MESSAGES);
    vertx.cancelTimer(timer);
    assertEquals(0, refused.get(), "messages that were not sent");

    Set<String> expected = new HashSet<>();
    for (int i = 1; i <= MESSAGES; i++) {
      expected.add("" + i);
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              Set<String> invoked = new HashSet<>(first.args());
              invoked.addAll(second.args());
              assertEquals(expected, invoked);
            });
    int twice = first.invoked.size() + second.invoked.size() - MESSAGES;
    assertTrue(twice < 100, twice + " were invoked twice");
    first.close();
    finish(vertx.close());
    broker.stop();
  }

  private static TestCore core(String name, PgConnectOptions server, AtomicInteger cores)
      throws Exception {
    return new TestCore(name, server, cores, List.of(new MqttType(1_000)));
  }

  private static void awaitState(PgConnectOptions server, String state) {
    await()
        .atMost(25, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                TestDatabase.query(server, "select owner || ' ' || state from event")
                    .equals(state));
  }
}
