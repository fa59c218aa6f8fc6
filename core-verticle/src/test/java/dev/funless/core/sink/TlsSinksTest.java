package dev.funless.core.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.connector.Broker;
import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.TestCertificates;
import dev.funless.core.connector.Vault;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.database.TlsDatabase;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type against a real server that encrypts. */
class TlsSinksTest {

  private static final String SERVER = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Vertx VERTX = Vertx.vertx();
  private static final ConnectorTypes<SinkType<?>> TYPES =
      SinkTypes.all(VERTX, new ParametersJson(new Vault(new byte[32])), PATIENCE);

  /** What came by HTTP and by MQTT. */
  private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

  private static HttpServer https;
  private static Broker broker;
  private static TlsDatabase database;

  private final Handover handover = new Handover(TYPES, PATIENCE);
  private final String id = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws Exception {
    https =
        VERTX
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addKeyValue(Buffer.buffer(TestCertificates.key()))
                            .addCertValue(Buffer.buffer(TestCertificates.chain()))))
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              RECEIVED.add(body.toString());
                              request.response().setStatusCode(201).end();
                            }))
            .listen(0, SERVER)
            .await(10, TimeUnit.SECONDS);
    broker = Broker.start();
    MqttClient subscriber = MqttClient.create(VERTX);
    subscriber.publishHandler(message -> RECEIVED.add(message.payload().toString()));
    subscriber.connect(broker.port(), SERVER).await(20, TimeUnit.SECONDS);
    subscriber.subscribe("results", 1).await(20, TimeUnit.SECONDS);
    database = TlsDatabase.start();
    TestDatabase.execute(
        database.options(),
        """
        create table results (invocation_id text primary key, function text, outcome text,
          result jsonb, ended_at timestamptz);
        grant all on results to locked
        """);
  }

  @AfterAll
  static void stop() throws Exception {
    VERTX.close().await(20, TimeUnit.SECONDS);
    broker.stop();
    database.close();
  }

  private static NewConnector sink(String type, String host, Optional<Certificates> ca)
      throws Exception {
    JsonObject params =
        switch (type) {
          case "couchdb", "http" ->
              new JsonObject().put("url", "https://%s:%d/".formatted(host, https.actualPort()));
          case "mqtt" ->
              new JsonObject()
                  .put("host", host)
                  .put("port", broker.tlsPort())
                  .put("username", "u")
                  .put("password", "right")
                  .put("topic", "results")
                  .put("tls", true);
          default -> postgres(host, "right");
        };
    return sink(type, params, ca);
  }

  private static JsonObject postgres(String host, String password) {
    return new JsonObject()
        .put("host", host)
        .put("port", database.options().getPort())
        .put("database", "postgres")
        .put("username", "locked")
        .put("password", password)
        .put("table", "results")
        .put("tls", true);
  }

  private static NewConnector sink(String type, JsonObject params, Optional<Certificates> ca)
      throws Exception {
    ca.ifPresent(certificates -> params.put("ca", certificates.pem()));
    return TYPES.check(
        JsonMapper.builder()
            .build()
            .readTree(new JsonObject().put("type", type).put("params", params).encode()));
  }

  private Future<Void> deliver(NewConnector sink) {
    Result result = new Result(id, new FunctionId("m", "f"), "ok", "{\"a\":1}", Instant.EPOCH);
    return handover.deliver(sink.type(), sink.parameters(), result);
  }

  private Future<Void> reach(NewConnector sink) {
    return handover.reach(sink.type(), sink.parameters());
  }

  private String failure(Future<Void> failing) {
    return handover.sentence(
        assertThrows(Exception.class, () -> failing.await(40, TimeUnit.SECONDS)));
  }

  private static boolean hasArrived(String type, String id) throws Exception {
    return type.equals("postgres")
        ? TestDatabase.query(
                database.options(),
                "select count(*) from results where invocation_id = '%s'".formatted(id))
            .equals("1")
        : RECEIVED.stream().anyMatch(message -> message.contains(id));
  }

  /** The client of PostgreSQL does not always know the reason. */
  private static void assertToldWhy(String type, String why, String sentence) {
    boolean isTold = sentence.endsWith(" cannot be connected: " + why + ".");
    boolean isGuessed =
        sentence.equals(
            "It cannot be connected: TLS failed, most likely because its certificate is not"
                + " trusted or is for another host.");
    assertTrue(isTold || (isGuessed && type.equals("postgres")), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"couchdb", "http", "postgres", "mqtt"})
  void deliversWhereTheCertificateIsFromWhomTheSinkTrusts(String type) throws Exception {
    NewConnector sink = sink(type, SERVER, Optional.of(TestCertificates.authority()));

    reach(sink).await(40, TimeUnit.SECONDS);
    deliver(sink).await(40, TimeUnit.SECONDS);

    await().atMost(PATIENCE).until(() -> hasArrived(type, id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"couchdb", "http", "postgres", "mqtt"})
  void refusesACertificateThatJavaDoesNotTrust(String type) throws Exception {
    NewConnector sink = sink(type, SERVER, Optional.empty());

    for (Future<Void> failing : List.of(reach(sink), deliver(sink))) {
      assertToldWhy(type, "its certificate is not trusted", failure(failing));
    }
    assertEquals(false, hasArrived(type, id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"couchdb", "http", "postgres", "mqtt"})
  void refusesACertificateForAnotherHost(String type) throws Exception {
    NewConnector sink =
        sink(type, TestCertificates.OTHER_HOST, Optional.of(TestCertificates.authority()));

    for (Future<Void> failing : List.of(reach(sink), deliver(sink))) {
      assertToldWhy(type, "its certificate is for another host", failure(failing));
    }
    assertEquals(false, hasArrived(type, id));
  }

  @Test
  void aDatabaseIsNotReachedThatRefusesThePasswordOrWantsTls() throws Exception {
    Optional<Certificates> ca = Optional.of(TestCertificates.authority());
    String wrong = failure(reach(sink("postgres", postgres(SERVER, "wrong"), ca)));
    assertTrue(wrong.contains("password authentication failed for user \"locked\""), wrong);
    JsonObject inClear = postgres(SERVER, "right").put("tls", false);
    String refused = failure(reach(sink("postgres", inClear, Optional.empty())));
    assertTrue(refused.contains("no encryption"), refused);
  }

  @Test
  void aServerThatDoesNotEncryptIsNotSentAnything() throws Exception {
    JsonObject plain =
        new JsonObject()
            .put("host", SERVER)
            .put("port", broker.port())
            .put("topic", "results")
            .put("tls", true);

    assertThrows(
        Exception.class,
        () -> deliver(sink("mqtt", plain, Optional.empty())).await(40, TimeUnit.SECONDS));

    assertEquals(false, hasArrived("mqtt", id));
  }
}
