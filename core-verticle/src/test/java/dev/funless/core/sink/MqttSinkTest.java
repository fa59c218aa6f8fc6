package dev.funless.core.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.Broker;
import dev.funless.core.connector.Secret;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To a real broker. */
class MqttSinkTest {

  private static Broker broker;

  private final Vertx vertx = Vertx.vertx();
  private final MqttSink sink = new MqttSink(vertx, Duration.ofSeconds(2));
  private final List<String> received = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = Broker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.stop();
  }

  @BeforeEach
  void subscribe() throws Exception {
    MqttClient subscriber = MqttClient.create(vertx);
    subscriber.publishHandler(
        message -> received.add(message.topicName() + " " + message.payload().toString()));
    subscriber.connect(broker.port(), "127.0.0.1").await(10, TimeUnit.SECONDS);
    subscriber.subscribe("results/#", 2).await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static MqttParameters to(Object port, int qos) {
    return new MqttParameters(
        "127.0.0.1",
        Optional.of(port),
        "results/f",
        Optional.of(qos),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Result result(String id) {
    return new Result(id, new FunctionId("m", "f"), "ok", "{\"a\":1}", Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void publishesTheEnvelope(int qos) throws Exception {
    sink.deliver(to(String.valueOf(broker.port()), qos), result("i1")).await(5, TimeUnit.SECONDS);

    await().until(() -> !received.isEmpty());
    assertEquals("results/f " + Envelope.of(result("i1")), received.getFirst());
  }

  @Test
  void manyAtOnceShareAConnection() throws Exception {
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(sink.deliver(to(broker.port(), 1), result("i" + i)));
    }
    Future.all(all).await(10, TimeUnit.SECONDS);

    await().untilAsserted(() -> assertEquals(200, received.size()));
  }

  @Test
  void aConnectionThatIsCutFailsWhatIsUnacknowledgedAndIsMadeAnew() throws Exception {
    List<NetSocket> open = new CopyOnWriteArrayList<>();
    NetServer proxy =
        vertx
            .createNetServer()
            .connectHandler(
                here -> {
                  here.pause();
                  open.add(here);
                  vertx
                      .createNetClient()
                      .connect(broker.port(), "127.0.0.1")
                      .onSuccess(
                          there -> {
                            here.pipeTo(there);
                            there.pipeTo(here);
                          });
                })
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);
    MqttParameters through = to(proxy.actualPort(), 1);
    sink.deliver(through, result("i1")).await(5, TimeUnit.SECONDS);

    open.getFirst().close().await(5, TimeUnit.SECONDS);

    await()
        .ignoreExceptions()
        .until(() -> sink.deliver(through, result("i2")).await(5, TimeUnit.SECONDS) == null);
    assertEquals(2, open.size());
    await().untilAsserted(() -> assertTrue(received.size() >= 2));
  }

  @Test
  void aBrokerThatSaysNothingAndOneThatIsNotThereAreGivenUp() throws Exception {
    try (Unreachable nobody = new Unreachable()) {
      assertThrows(
          Exception.class,
          () -> sink.deliver(to(nobody.silent(), 1), result("i1")).await(5, TimeUnit.SECONDS));
      Exception refused =
          assertThrows(
              Exception.class,
              () ->
                  sink.deliver(to(nobody.refusing(), 1), result("i1")).await(5, TimeUnit.SECONDS));
      assertTrue(refused.getMessage().contains("refused"), refused.getMessage());
    }
  }

  private static MqttParameters as(String username, String password) {
    return new MqttParameters(
        "127.0.0.1",
        Optional.of(broker.port()),
        "results/f",
        Optional.empty(),
        Optional.of(username),
        Optional.of(new Secret(password)),
        Optional.empty(),
        Optional.empty());
  }

  private String unreached(MqttParameters parameters) {
    Exception e =
        assertThrows(Exception.class, () -> sink.reach(parameters).await(5, TimeUnit.SECONDS));
    return String.valueOf(e.getMessage());
  }

  @Test
  void aBrokerIsReachedByAConnectionThatDeliveriesUseToo() throws Exception {
    sink.reach(as("u", "right")).await(5, TimeUnit.SECONDS);
    sink.deliver(as("u", "right"), result("i1")).await(5, TimeUnit.SECONDS);

    await().until(() -> !received.isEmpty());
    assertEquals(List.of("results/f " + Envelope.of(result("i1"))), received);
  }

  @Test
  void aBrokerIsNotReachedThatRefusesThePasswordOrSaysNothingOrIsNotThere() throws Exception {
    assertEquals(
        "The broker cannot be connected: it refuses user name or password.",
        unreached(as("u", "wrong")));
    try (Unreachable nobody = new Unreachable()) {
      assertTrue(unreached(to(nobody.refusing(), 1)).contains("refused"));
      assertEquals(
          "The broker cannot be connected: it does not answer.", unreached(to(nobody.silent(), 1)));
    }
  }
}
