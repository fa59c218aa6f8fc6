package dev.funless.core.event.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.core.connector.Broker;
import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Secret;
import dev.funless.core.connector.TestCertificates;
import dev.funless.core.event.FakeTrigger;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real broker that encrypts. */
class MqttTlsTest {

  private static final String SERVER = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Broker broker;

  private final Vertx vertx = Vertx.vertx();
  private final FakeTrigger trigger = new FakeTrigger(vertx, 1);

  @BeforeAll
  static void startBroker() throws Exception {
    broker = Broker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.stop();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void open(String host, int port, Optional<Certificates> ca) {
    MqttParameters parameters =
        new MqttParameters(
            host,
            new Port(port),
            "encrypted",
            Optional.empty(),
            Optional.of("u"),
            Optional.of(new Secret("right")),
            Optional.of(true),
            ca,
            Optional.empty());
    vertx.runOnContext(_ -> new MqttType(1_000).open(parameters, trigger));
    await().atMost(PATIENCE).until(() -> !trigger.states.isEmpty());
  }

  @Test
  void messagesComeWhereTheCertificateIsFromWhomTheEventTrusts() throws Exception {
    open(SERVER, broker.tlsPort(), Optional.of(TestCertificates.authority()));
    assertEquals("connected", trigger.state());

    MqttClient publisher = MqttClient.create(vertx);
    publisher.connect(broker.port(), SERVER).await(20, TimeUnit.SECONDS);
    publisher
        .publish("encrypted", Buffer.buffer("{\"n\":1}"), MqttQoS.AT_LEAST_ONCE, false, false)
        .await(20, TimeUnit.SECONDS);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(List.of("{\"n\":1}"), trigger.invoked));
  }

  @Test
  void aCertificateThatJavaDoesNotTrustIsTold() {
    open(SERVER, broker.tlsPort(), Optional.empty());

    assertEquals(
        "The broker cannot be connected: its certificate is not trusted.",
        trigger.states.getFirst());
  }

  @Test
  void aCertificateForAnotherHostIsTold() {
    open(TestCertificates.OTHER_HOST, broker.tlsPort(), Optional.of(TestCertificates.authority()));

    assertEquals(
        "The broker cannot be connected: its certificate is for another host.",
        trigger.states.getFirst());
  }
}
