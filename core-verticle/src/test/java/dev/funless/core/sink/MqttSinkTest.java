package dev.funless.core.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.embedded.EmbeddedHiveMQ;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To a real broker. */
class MqttSinkTest {

  @TempDir static Path folder;
  private static int port;
  private static EmbeddedHiveMQ broker;

  private final Vertx vertx = Vertx.vertx();
  private final MqttSink sink = new MqttSink(vertx, Duration.ofSeconds(2));
  private final List<String> received = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBroker() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(
        Files.createDirectories(folder.resolve("conf")).resolve("config.xml"),
        """
        <hivemq>
          <listeners>
            <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
          </listeners>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """
            .formatted(port));
    broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(folder.resolve("conf"))
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .build();
    broker.start().get(60, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.stop().get(60, TimeUnit.SECONDS);
    broker.close();
  }

  @BeforeEach
  void subscribe() throws Exception {
    MqttClient subscriber = MqttClient.create(vertx);
    subscriber.publishHandler(
        message -> received.add(message.topicName() + " " + message.payload().toString()));
    subscriber.connect(port, "127.0.0.1").await(10, TimeUnit.SECONDS);
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
        Optional.empty());
  }

  private static Result result(String id) {
    return new Result(id, new FunctionId("m", "f"), "ok", "{\"a\":1}", Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void publishesTheEnvelope(int qos) throws Exception {
    sink.deliver(to(String.valueOf(port), qos), result("i1")).await(5, TimeUnit.SECONDS);

    await().until(() -> !received.isEmpty());
    assertEquals("results/f " + Envelope.of(result("i1")), received.getFirst());
  }

  @Test
  void manyAtOnceShareAConnection() throws Exception {
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(sink.deliver(to(port, 1), result("i" + i)));
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
                      .connect(port, "127.0.0.1")
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
    NetServer silent =
        vertx
            .createNetServer()
            .connectHandler(_ -> {})
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }

    assertThrows(
        Exception.class,
        () -> sink.deliver(to(silent.actualPort(), 1), result("i1")).await(5, TimeUnit.SECONDS));
    Exception refused =
        assertThrows(
            Exception.class,
            () -> sink.deliver(to(nobody, 1), result("i1")).await(5, TimeUnit.SECONDS));
    assertTrue(refused.getMessage().contains("refused"), refused.getMessage());
  }
}
