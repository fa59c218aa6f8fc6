package dev.funless.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessagesTest {

  private static final Duration DURATION = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private Messages messages;

  @BeforeEach
  void listen() throws Exception {
    messages = Messages.listen();
  }

  @AfterEach
  void close() throws Exception {
    messages.close();
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void countsWhatIsAcknowledgedAndKeepsToTheNumberUnderWay() throws Exception {
    AtomicLong received = new AtomicLong();
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    MqttClient client = client();
    client.publishHandler(
        message -> {
          assertEquals("{\"n\":1}", message.payload().toString());
          received.incrementAndGet();
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          vertx.setTimer(
              2,
              _ -> {
                underWay.decrementAndGet();
                message.ack();
              });
        });
    subscribe(client);

    Measurement first = messages.run("{\"n\":1}", 3, DURATION, DEADLINE);
    long receivedFirst = received.get();
    Measurement second = messages.run("{\"n\":1}", 3, DURATION, DEADLINE);

    assertEquals(Map.of(), first.errors());
    assertEquals(Map.of(), second.errors());
    assertEquals(receivedFirst, first.received());
    assertEquals(received.get() - receivedFirst, second.received());
    assertTrue(first.right() > 0 && first.right() <= first.received());
    assertTrue(first.latencyMicros(0) >= 1_000, first.latencyMicros(0) + " µs");
    assertEquals(3, most.get());
  }

  @Test
  void tellsOfMessagesThatAreNotAcknowledged() throws Exception {
    subscribe(client());

    Measurement measured = messages.run("{}", 1, DURATION, Duration.ofSeconds(1));

    assertEquals(Map.of("a message that was not acknowledged within PT1S", 1L), measured.errors());
    assertEquals(0, measured.right());
  }

  @Test
  void tellsOfConnectorThatLeaves() throws Exception {
    MqttClient client = client();
    client.publishHandler(_ -> client.disconnect());
    subscribe(client);

    Measurement measured = messages.run("{}", 1, DURATION, DEADLINE);

    assertEquals(Map.of("a broken connection: the connector closed it", 1L), measured.errors());
  }

  @Test
  void failsWhereNobodySubscribes() {
    assertThrows(
        IllegalStateException.class, () -> messages.run("{}", 1, DURATION, Duration.ofMillis(200)));
  }

  private MqttClient client() {
    MqttClientOptions options = new MqttClientOptions();
    options.setAutoAck(false);
    return MqttClient.create(vertx, options);
  }

  private void subscribe(MqttClient client) throws Exception {
    client.connect(messages.port(), "127.0.0.1").await(30, TimeUnit.SECONDS);
    client.subscribe("t", 1).await(30, TimeUnit.SECONDS);
  }
}
