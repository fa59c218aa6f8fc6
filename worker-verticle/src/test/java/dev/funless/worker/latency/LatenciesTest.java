package dev.funless.worker.latency;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.config.Settings;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.WorkerReport.Latency;
import dev.funless.worker.AcceptingServer;
import dev.funless.worker.Wasm;
import dev.funless.worker.outbound.OutboundConfig;
import dev.funless.worker.outbound.Reach;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real servers on loopback. */
@Timeout(120)
class LatenciesTest {

  private static final long PATIENCE_SECONDS = 30;
  private static final long EVERY_MILLIS = 10;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AcceptingServer server;
  private Latencies latencies;

  LatenciesTest() throws Exception {
    server = new AcceptingServer();
  }

  @BeforeEach
  void open() throws Exception {
    latencies =
        on(
            () ->
                new Latencies(
                    vertx,
                    new LatencyConfig(Duration.ofMillis(EVERY_MILLIS), Duration.ofSeconds(10), 100),
                    new Reach(OutboundConfig.read(Settings.of(Map.of())))));
  }

  @AfterEach
  void close() throws Exception {
    on(() -> latencies.close());
    server.close();
    vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void measuresAServiceAgainAndAgain() throws Exception {
    follow(declaring("f", List.of(server.host()), "tcp://" + server.host()));

    awaitKnown("tcp://" + server.host());
    await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> server.accepted() > 5);
    Latency latency = on(() -> latencies.known()).getFirst();
    assertTrue(latency.millis() > 0 && latency.millis() < 10_000, latency::toString);
  }

  @Test
  void everySpellingOfAServiceIsToldItsLatency() throws Exception {
    String url = "http://" + server.host();
    follow(
        declaring("f", List.of(server.host()), url, url + "/a"),
        declaring("g", List.of(), url + "/b", url));

    awaitKnown(url, url + "/a", url + "/b");
    assertEquals(1, on(() -> latencies.known()).stream().map(Latency::millis).distinct().count());
  }

  @Test
  void aPrivateServiceThatNobodyListsIsNotConnectedTo() throws Exception {
    try (AcceptingServer secret = new AcceptingServer()) {
      FunctionSpec f =
          declaring(
              "f", List.of(server.host()), "http://" + secret.host(), "http://" + server.host());
      FunctionSpec lists = declaring("g", List.of("127.0.0.1:*"));
      follow(f, lists);
      await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> server.accepted() > 10);

      assertEquals(Set.of("http://" + server.host()), known());
      assertEquals(1, secret.connect(), "nobody but this test");

      follow(f, declaring("g", List.of(secret.host()), "http://" + secret.host() + "/x"));
      awaitKnown(
          "http://" + server.host(), "http://" + secret.host(), "http://" + secret.host() + "/x");

      follow(f);
      assertEquals(Set.of("http://" + server.host()), known());
    }
  }

  @Test
  void aServiceThatStopsBecomesUnknown() throws Exception {
    FunctionSpec f =
        declaring(
            "f", List.of("127.0.0.1:*"), "http://" + server.host(), "http://127.0.0.1:1/nobody");
    follow(f);
    awaitKnown("http://" + server.host());

    server.close();

    awaitKnown();
  }

  @Test
  void aServiceThatNoFunctionDeclaresAnyMoreIsLeftAlone() throws Exception {
    follow(declaring("f", List.of(server.host()), "http://" + server.host()));
    awaitKnown("http://" + server.host());

    follow(declaring("f", List.of(server.host())));

    assertEquals(Set.of(), known());
    awaitSilence();
  }

  @Test
  void nothingIsConnectedToAfterTheEnd() throws Exception {
    follow(declaring("f", List.of(server.host()), "http://" + server.host()));
    awaitKnown("http://" + server.host());

    on(() -> latencies.close()).await(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertEquals(Set.of(), known());
    awaitSilence();
  }

  @Test
  void noMoreUrlsAreMeasuredThanConfigured() throws Exception {
    String[] urls =
        IntStream.range(0, 150)
            .mapToObj(i -> "http://" + server.host() + "/" + i)
            .toArray(String[]::new);
    follow(declaring("f", List.of(server.host()), urls));

    await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> !known().isEmpty());
    assertEquals(100, known().size());
  }

  /** For ten times as long as the time from one measurement to the next. */
  private void awaitSilence() {
    await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(
            () -> {
              int before = server.connect();
              TimeUnit.MILLISECONDS.sleep(10 * EVERY_MILLIS);
              return server.connect() == before + 1;
            });
  }

  private void awaitKnown(String... urls) {
    await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> known().equals(Set.of(urls)));
  }

  private Set<String> known() throws Exception {
    return on(() -> latencies.known()).stream().map(Latency::service).collect(Collectors.toSet());
  }

  private void follow(FunctionSpec... functions) throws Exception {
    on(
        () -> {
          latencies.follow(List.of(functions));
          return null;
        });
  }

  private static FunctionSpec declaring(
      String name, List<String> allowedHosts, String... services) {
    return Wasm.declaring(Wasm.spec(name, new byte[0]), allowedHosts, services);
  }

  private <T> T on(Callable<T> action) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
