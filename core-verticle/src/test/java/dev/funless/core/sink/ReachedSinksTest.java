package dev.funless.core.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.Secret;
import dev.funless.core.connector.Vault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReachedSinksTest {

  private final Vertx vertx = Vertx.vertx();
  private final ParametersJson json = new ParametersJson(new Vault(new byte[32]));
  private final Moody type = new Moody(vertx);

  private record Parameters(Secret mood) {}

  /** A type that does what its secret says. */
  private static final class Moody implements SinkType<Parameters> {

    private final Vertx vertx;
    private final AtomicInteger asked = new AtomicInteger();

    Moody(Vertx vertx) {
      this.vertx = vertx;
    }

    @Override
    public String name() {
      return "moody";
    }

    @Override
    public Class<Parameters> parameters() {
      return Parameters.class;
    }

    @Override
    public Future<Void> deliver(Parameters parameters, Result result) {
      return Future.failedFuture("Nothing is to be delivered here.");
    }

    @Override
    public Future<Void> reach(Parameters parameters) {
      asked.incrementAndGet();
      return switch (parameters.mood().value()) {
        case "well" -> vertx.timer(20).mapEmpty();
        case "ill" -> Future.failedFuture("It is ill.\n");
        case "silent" -> Promise.<Void>promise().future();
        default -> throw new IllegalStateException("It is mad.");
      };
    }
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Future<List<Optional<String>>> ask(Duration patience, NewConnector... sinks) {
    return new ReachedSinks(vertx, new ConnectorTypes<>("sinks", json, List.of(type)), patience)
        .of(List.of(sinks));
  }

  private NewConnector sink(String mood) {
    return new NewConnector("moody", json.stored(new Parameters(new Secret(mood))));
  }

  @Test
  void tellsOfEachInTheirOrder() throws Exception {
    List<Optional<String>> told =
        ask(
                Duration.ofSeconds(30),
                sink("ill"),
                sink("well"),
                sink("mad"),
                sink("well"),
                new NewConnector("fax", "{}"))
            .await(20, TimeUnit.SECONDS);

    assertEquals(
        List.of(
            Optional.of("It is ill."),
            Optional.empty(),
            Optional.of("It is mad."),
            Optional.empty(),
            Optional.of("This core knows no type 'fax' of sinks.")),
        told);
  }

  @Test
  void thoseThatSayNothingAreWaitedForTogetherAndNotForLong() throws Exception {
    NewConnector[] silent = Collections.nCopies(50, sink("silent")).toArray(NewConnector[]::new);

    List<Optional<String>> told = ask(Duration.ofMillis(400), silent).await(10, TimeUnit.SECONDS);

    assertEquals(Collections.nCopies(50, Optional.of("It did not answer within 400 ms.")), told);
  }

  @Test
  void isNotMorePatientThanSomebodyWhoWaitsForIt() throws Exception {
    List<Optional<String>> told =
        ask(Duration.ofMinutes(5), sink("silent")).await(60, TimeUnit.SECONDS);

    assertEquals(List.of(Optional.of("It did not answer within 5000 ms.")), told);
  }

  @Test
  void asksAHundredAtMost() throws Exception {
    NewConnector[] many = Collections.nCopies(150, sink("ill")).toArray(NewConnector[]::new);

    assertEquals(100, ask(Duration.ofSeconds(5), many).await(20, TimeUnit.SECONDS).size());
    assertEquals(100, type.asked.get());
  }

  @Test
  void answersOnItsCallersContext() throws Exception {
    Context caller = vertx.getOrCreateContext();
    Promise<Context> answeredOn = Promise.promise();

    caller.runOnContext(
        _ ->
            ask(Duration.ofSeconds(5), sink("ill"), sink("well"))
                .onSuccess(_ -> answeredOn.complete(Vertx.currentContext())));

    assertSame(caller, answeredOn.future().await(10, TimeUnit.SECONDS));
  }
}
