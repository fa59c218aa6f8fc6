package dev.funless.core.event.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.Broker;
import dev.funless.core.connector.Secret;
import dev.funless.core.event.EventSource;
import dev.funless.core.event.EventSource.Ending;
import dev.funless.core.event.FakeTrigger;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real broker. */
class MqttSourceTest {

  private static final int MAX_BYTES = 1_000;
  private static final AtomicLong IDS = new AtomicLong();

  private static Broker broker;

  private final Vertx vertx = Vertx.vertx();
  private final FakeTrigger trigger = new FakeTrigger(vertx, IDS.incrementAndGet());
  private final String topic = "test/" + trigger.eventId();

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

  private static MqttParameters parameters(String filter, int qos) {
    return parameters(broker.port(), filter, qos);
  }

  private static MqttParameters parameters(int port, String filter, int qos) {
    return new MqttParameters(
        "127.0.0.1",
        new Port(port),
        filter,
        Optional.of(qos),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private EventSource open(FakeTrigger of, MqttParameters parameters) throws Exception {
    CompletableFuture<EventSource> source = new CompletableFuture<>();
    vertx.runOnContext(_ -> source.complete(new MqttType(MAX_BYTES).open(parameters, of)));
    return source.get(5, TimeUnit.SECONDS);
  }

  private EventSource connect(MqttParameters parameters) throws Exception {
    EventSource source = open(trigger, parameters);
    awaitConnected(trigger);
    return source;
  }

  private static void awaitConnected(FakeTrigger trigger) {
    await().atMost(Duration.ofSeconds(20)).until(() -> trigger.state().equals("connected"));
  }

  private void close(EventSource source, Ending ending) throws Exception {
    Promise<Void> closed = Promise.promise();
    vertx.runOnContext(_ -> source.close(ending).onComplete(closed));
    closed.future().await(10, TimeUnit.SECONDS);
  }

  private void publish(String to, Buffer... messages) throws Exception {
    publish(to, MqttQoS.AT_LEAST_ONCE, messages);
  }

  private void publish(String to, MqttQoS qos, Buffer... messages) throws Exception {
    MqttClient client =
        MqttClient.create(vertx, new MqttClientOptions().setMaxInflightQueue(1_000));
    Promise<Void> acknowledged = Promise.promise();
    AtomicLong left = new AtomicLong(messages.length);
    client.publishCompletionHandler(
        _ -> {
          if (left.decrementAndGet() == 0) {
            acknowledged.complete();
          }
        });
    client.connect(broker.port(), "127.0.0.1").await(10, TimeUnit.SECONDS);
    for (Buffer message : messages) {
      client.publish(to, message, qos, false, false).await(10, TimeUnit.SECONDS);
    }
    acknowledged.future().await(10, TimeUnit.SECONDS);
    client.disconnect().await(10, TimeUnit.SECONDS);
  }

  private static Buffer json(int number) {
    return Buffer.buffer("{\"n\":" + number + "}");
  }

  private void awaitInvoked(String... args) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertEquals(List.of(args), trigger.invoked));
  }

  @Test
  void jsonIsTheArgumentsAndAnythingElseIsInBase64() throws Exception {
    connect(parameters(topic, 1));

    publish(
        topic,
        Buffer.buffer("{\"a\": 1}"),
        Buffer.buffer("[1,2]"),
        Buffer.buffer("hello"),
        Buffer.buffer("{} {}"),
        Buffer.buffer(new byte[] {(byte) 0xff}),
        Buffer.buffer());

    awaitInvoked(
        "{\"a\": 1}",
        "[1,2]",
        "{\"payload_base64\":\"aGVsbG8=\"}",
        "{\"payload_base64\":\"e30ge30=\"}",
        "{\"payload_base64\":\"/w==\"}",
        "{\"payload_base64\":\"\"}");
  }

  @Test
  void wildcardsAndEachQosAreDelivered() throws Exception {
    connect(parameters("wild/" + topic + "/+/x/#", 2));

    publish("wild/" + topic + "/a/x/b", json(1));
    publish("wild/" + topic + "/a/y/b", json(2));
    publish("wild/" + topic + "/b/x", MqttQoS.EXACTLY_ONCE, json(3));

    awaitInvoked("{\"n\":1}", "{\"n\":3}");
  }

  @Test
  void qosZeroNeedsNoAcknowledgement() throws Exception {
    connect(parameters(topic, 0));

    publish(topic, json(1), json(2));

    awaitInvoked("{\"n\":1}", "{\"n\":2}");
    assertEquals("connected", trigger.state());
  }

  @Test
  void whatWasNotAcknowledgedComesToTheNextOwner() throws Exception {
    Promise<InvokeAnswer> running = Promise.promise();
    trigger.function = _ -> running.future();
    connect(parameters(topic, 1));
    publish(topic, json(1));
    awaitInvoked("{\"n\":1}");

    // The new owner comes while the old one still thinks that it is: the broker cuts that off.
    FakeTrigger next = new FakeTrigger(vertx, trigger.eventId());
    trigger.isOwned = false;
    open(next, parameters(topic, 1));

    await().atMost(Duration.ofSeconds(10)).until(() -> next.invoked.equals(List.of("{\"n\":1}")));
    FakeTrigger.ok().onComplete(running);
    publish(topic, json(2));
    await().atMost(Duration.ofSeconds(10)).until(() -> next.invoked.size() == 2);
    assertEquals(1, trigger.invoked.size());
  }

  @Test
  void whatIsUnderWayIsSeenThroughWhereTheEventIsHandedOn() throws Exception {
    Promise<InvokeAnswer> running = Promise.promise();
    trigger.function = _ -> running.future();
    EventSource source = connect(parameters(topic, 1));
    publish(topic, json(1));
    awaitInvoked("{\"n\":1}");

    vertx.setTimer(300, _ -> FakeTrigger.ok().onComplete(running));
    close(source, Ending.HANDED_ON);
    publish(topic, json(2));
    FakeTrigger next = new FakeTrigger(vertx, trigger.eventId());
    open(next, parameters(topic, 1));

    await().atMost(Duration.ofSeconds(10)).until(() -> !next.invoked.isEmpty());
    Thread.sleep(500);
    assertEquals(List.of("{\"n\":2}"), next.invoked, "the first was acknowledged");
    assertEquals(1, trigger.invoked.size());
  }

  @Test
  void aRemovedEventLeavesNoSubscription() throws Exception {
    EventSource source = connect(parameters(topic, 1));

    close(source, Ending.REMOVED);
    publish(topic, json(1));
    FakeTrigger next = new FakeTrigger(vertx, trigger.eventId());
    open(next, parameters(topic + "/other", 1));
    awaitConnected(next);
    Thread.sleep(500);

    assertEquals(List.of(), next.invoked);
  }

  @Test
  void aFunctionThatFailsHasHadItsMessage() throws Exception {
    trigger.function = _ -> FakeTrigger.failing(Category.FUNCTION_FAILED);
    EventSource source = connect(parameters(topic, 1));
    publish(topic, json(1));
    awaitInvoked("{\"n\":1}");
    close(source, Ending.HANDED_ON);

    FakeTrigger next = new FakeTrigger(vertx, trigger.eventId());
    open(next, parameters(topic, 1));
    awaitConnected(next);
    Thread.sleep(500);
    assertEquals(List.of(), next.invoked);
  }

  @Test
  void whatCouldNotRunIsTriedAgain() throws Exception {
    trigger.function =
        _ ->
            trigger.invoked.size() < 3
                ? FakeTrigger.failing(
                    trigger.invoked.size() == 1 ? Category.BUSY : Category.WORKER_LOST)
                : FakeTrigger.ok();
    connect(parameters(topic, 1));

    publish(topic, json(1));

    awaitInvoked("{\"n\":1}", "{\"n\":1}", "{\"n\":1}");
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedAndDoesNotComeAgain() throws Exception {
    EventSource source = connect(parameters(topic, 1));

    publish(topic, Buffer.buffer("x".repeat(20_000)), json(1));

    awaitInvoked("{\"n\":1}");
    assertEquals(List.of("It has 20000 bytes, more than the 1000 allowed."), trigger.refusals);
    close(source, Ending.HANDED_ON);
    FakeTrigger next = new FakeTrigger(vertx, trigger.eventId());
    open(next, parameters(topic, 1));
    awaitConnected(next);
    Thread.sleep(500);
    assertEquals(List.of(), next.refusals);
  }

  /** So many at once that packets are cut in two where a read ends. */
  @Test
  void noMoreThanSomeInvocationsRunAtOnceAndNoneIsLost() throws Exception {
    Promise<InvokeAnswer> go = Promise.promise();
    trigger.function = _ -> go.future();
    connect(parameters(topic, 0));
    Buffer[] messages = new Buffer[200];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = json(i);
    }

    publish(topic, messages);
    await().until(() -> trigger.invoked.size() == 64);
    Thread.sleep(300);
    assertEquals(64, trigger.invoked.size());
    vertx.runOnContext(_ -> FakeTrigger.ok().onComplete(go));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertTrue(
                    trigger.invoked.size() == 200,
                    () -> trigger.states + " " + trigger.refusals + " " + go.future()));
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    MqttParameters right = parameters(topic, 1);
    MqttParameters wrong =
        new MqttParameters(
            right.host(),
            right.port(),
            topic,
            Optional.empty(),
            Optional.of("u"),
            Optional.of(new Secret("wrong")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    open(trigger, wrong);

    await().atMost(Duration.ofSeconds(10)).until(() -> !trigger.states.isEmpty());
    assertTrue(
        trigger.state().startsWith("The broker cannot be connected: it refuses"), trigger.state());
  }

  @Test
  void aBrokerThatIsNotThereIsSaid() throws Exception {
    open(
        trigger,
        new MqttParameters(
            "127.0.0.1",
            new Port(1),
            topic,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    await().atMost(Duration.ofSeconds(10)).until(() -> !trigger.states.isEmpty());
    assertTrue(
        trigger.state().startsWith("The broker cannot be connected: Connection refused"),
        trigger.state());
    await().atMost(Duration.ofSeconds(10)).until(() -> trigger.states.size() > 2);
  }

  @Test
  void connectsAnewWhenTheBrokerComesBack() throws Exception {
    connect(parameters(topic, 1));
    publish(topic, json(1));
    awaitInvoked("{\"n\":1}");

    broker.stop();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> trigger.states.size() > 1 && !trigger.state().equals("connected"));
    broker.restart();
    awaitConnected(trigger);
    publish(topic, json(2));

    awaitInvoked("{\"n\":1}", "{\"n\":2}");
  }

  /** As when a cable is pulled: neither side is told. */
  @Test
  void connectsAnewWhenTheConnectionIsCutOffInSilence() throws Exception {
    CutNetwork network = CutNetwork.to(vertx, broker.port());
    connect(parameters(network.port(), topic, 1));
    publish(topic, json(1));
    awaitInvoked("{\"n\":1}");

    network.cut();
    publish(topic, json(2));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> trigger.states.size() > 1 && !trigger.state().equals("connected"));
    awaitConnected(trigger);
    publish(topic, json(3));

    awaitInvoked("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
  }
}
