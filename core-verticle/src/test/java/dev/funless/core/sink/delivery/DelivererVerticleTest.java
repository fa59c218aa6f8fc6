package dev.funless.core.sink.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.StoredConnector;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.sink.Result;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On one real database. */
class DelivererVerticleTest {

  private Delivering here;

  @BeforeEach
  void open() throws Exception {
    here = new Delivering();
  }

  @AfterEach
  void close() {
    here.close();
  }

  private double count(String outcome) {
    var counter = here.meters.find("funless.deliveries").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  private void makeDue() throws Exception {
    TestDatabase.execute(here.server, "update delivery set next_at = now() where not dead");
  }

  @Test
  void whatIsKeptIsDeliveredAtOnceAndGone() throws Exception {
    DelivererVerticle deliverer = here.deliverer(Map.of());
    StoredConnector sink = here.sink("a");
    Thread.sleep(100);
    long before = System.nanoTime();

    here.insert(sink, 1);
    deliverer.wake(Set.of(sink.id()));

    await().untilAsserted(() -> assertEquals(0, here.rows()));
    FakeSink.Arrival arrival = here.sink.arrived.getFirst();
    assertEquals(Delivering.FUNCTION, arrival.result().function());
    assertEquals("{\"n\":1}", arrival.result().json());
    assertTrue(arrival.result().isOk());
    assertTrue(arrival.nanos() - before < Duration.ofMillis(800).toNanos(), "before the next poll");
    assertEquals(1, count("delivered"));
  }

  @Test
  void whatNobodyWokeItForIsDeliveredWithinASecondOrTwo() throws Exception {
    here.deliverer(Map.of());
    here.insert(here.sink("a"), 100);

    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertEquals(0, here.rows()));
  }

  @Test
  void twoDeliverersShareTheWorkAndDeliverEachResultOnce() throws Exception {
    here.sink.behaviour = (_, _) -> here.vertx.timer(2).mapEmpty();
    List<StoredConnector> sinks = List.of(here.sink("a"), here.sink("b"), here.sink("c"));
    for (StoredConnector sink : sinks) {
      here.insert(sink, 300);
    }

    here.deliverer(Map.of());
    here.deliverer(Map.of());

    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(0, here.rows()));
    assertEquals(900, here.sink.arrived.size());
    assertEquals(
        900,
        here.sink.arrived.stream()
            .map(arrival -> arrival.result().invocationId())
            .collect(Collectors.toSet())
            .size());
  }

  @Test
  void onlySoManyAreUnderWayToASinkAndASlowOneSlowsNoOther() throws Exception {
    here.sink.behaviour =
        (sink, _) ->
            sink.equals("slow") ? Promise.<Void>promise().future() : Future.succeededFuture();
    here.insert(here.sink("slow"), 500);
    here.insert(here.sink("quick"), 500);

    here.deliverer(Map.of("sinks.in_flight", "20"));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertEquals(500, here.sink.arrivedAt("quick")));
    assertEquals(8, here.sink.tried.stream().filter(t -> t.sink().equals("slow")).count());
  }

  @Test
  void onlySoManyAreUnderWayInAll() throws Exception {
    here.sink.behaviour = (_, _) -> here.vertx.timer(5).mapEmpty();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      here.insert(here.sink(name), 20);
    }

    here.deliverer(Map.of("sinks.in_flight", "10"));

    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(0, here.rows()));
    assertEquals(10, here.sink.mostUnderWay.get());
  }

  @Test
  void aFailureIsTriedAgainLaterUntilItIsGivenUp() throws Exception {
    here.sink.behaviour = (_, _) -> Future.failedFuture("No\0luck.");
    here.insert(here.sink("a"), 1);
    here.deliverer(Map.of("sinks.tries", "3"));

    await().untilAsserted(() -> assertEquals(1, count("failed")));
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    1,
                    here.count(
                        "not dead and attempts = 1 and error = 'No luck.' and next_at > now()"
                            + " and next_at < now() + interval '1.2 s'")));
    await().atMost(Duration.ofSeconds(4)).untilAsserted(() -> assertEquals(2, count("failed")));
    makeDue();
    await().untilAsserted(() -> assertEquals(1, here.count("dead and attempts = 3")));
    makeDue();
    Thread.sleep(1_300);

    assertEquals(3, here.sink.tried.size());
    assertEquals(1, count("dead"));
    DeadDelivery dead = Delivering.finish(here.dead.of(Delivering.FUNCTION, 0, 10)).getFirst();
    assertEquals("No luck.", dead.error());
    assertEquals(3, dead.tries());
    assertEquals("fake", dead.sinkType());
    assertEquals(0, dead.sinkPosition());
    assertEquals(Result.OK, dead.outcome());
  }

  @Test
  void whatWasGivenUpIsSentAgainWhenAskedFor() throws Exception {
    StoredConnector sink = here.sink("a");
    here.insert(sink, 3);
    TestDatabase.execute(here.server, "update delivery set dead = true, attempts = 12");
    DelivererVerticle deliverer = here.deliverer(Map.of());
    List<DeadDelivery> dead = Delivering.finish(here.dead.of(Delivering.FUNCTION, 0, 2));
    assertEquals(2, dead.size());
    long second = dead.get(1).id();
    assertEquals(1, Delivering.finish(here.dead.of(Delivering.FUNCTION, second, 2)).size());

    assertEquals(
        1,
        Delivering.finish(
            here.dead.retry(Delivering.FUNCTION, Optional.of(List.of(second, 999L)))));
    deliverer.wake();
    await().untilAsserted(() -> assertEquals(2, here.rows()));
    assertEquals(2, Delivering.finish(here.dead.retry(Delivering.FUNCTION, Optional.empty())));
    deliverer.wake();
    await().untilAsserted(() -> assertEquals(0, here.rows()));
    assertEquals(3, here.sink.arrived.size());
  }

  @Test
  void aSinkThatIsDownGetsOneAtATimeUntilItIsUp() throws Exception {
    here.sink.behaviour =
        (_, _) -> here.vertx.timer(20).compose(_ -> Future.failedFuture("It is down."));
    here.insert(here.sink("a"), 40);
    here.deliverer(Map.of());
    await().until(() -> here.sink.tried.size() > 12);
    here.sink.mostUnderWay.set(0);
    await().until(() -> here.sink.tried.size() > 20);
    assertEquals(1, here.sink.mostUnderWay.get());

    here.sink.behaviour = (_, _) -> here.vertx.timer(20).mapEmpty();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              makeDue();
              assertEquals(0, here.rows());
            });
    assertEquals(
        40,
        here.sink.arrived.stream()
            .map(arrival -> arrival.result().invocationId())
            .collect(Collectors.toSet())
            .size());
    assertTrue(here.sink.mostUnderWay.get() > 1);
  }

  @Test
  void oneThatDoesNotAnswerIsGivenUpOnTimeAndStaysClaimedNoLongerThanItsLease() throws Exception {
    here.sink.behaviour = (_, _) -> Promise.<Void>promise().future();
    here.insert(here.sink("a"), 1);
    here.deliverer(Map.of("sinks.patience_ms", "300"));

    await()
        .untilAsserted(
            () ->
                assertEquals(1, here.count("attempts = 1 and next_at < now() + interval '5.4 s'")));
    await()
        .untilAsserted(
            () -> assertEquals(1, here.count("error = 'It did not answer within 300 ms.'")));
  }

  @Test
  void theClaimOfACoreThatDiedEndsAndItsLateFailureChangesNothing() throws Exception {
    StoredConnector sink = here.sink("a");
    here.insert(sink, 1);
    Claimed dead =
        Delivering.finish(
                here.deliveries.claim(Optional.empty(), Map.of(), 8, 8, 1, Duration.ofMillis(400)))
            .getFirst();
    DelivererVerticle deliverer = here.deliverer(Map.of());
    deliverer.wake(Set.of(sink.id()));
    Promise<Void> delivering = Promise.promise();
    here.sink.behaviour = (_, _) -> delivering.future();
    Thread.sleep(200);
    assertEquals(0, here.sink.tried.size(), "it is another's");

    await().until(() -> here.sink.tried.size() == 1);
    Delivering.finish(
        here.deliveries.settle(List.of(new Settlement.Dead(dead, "The other was late."))));
    assertEquals(1, here.count("not dead and attempts = 2"));
    delivering.complete();
    await().untilAsserted(() -> assertEquals(0, here.rows()));
  }

  @Test
  void aTypeThatThrowsAndOneThatIsUnknownAreFailures() throws Exception {
    StoredConnector throwing = here.sink("a");
    StoredConnector unknown = here.sink("b");
    TestDatabase.execute(
        here.server, "update sink set type = 'carrier_pigeon' where id = " + unknown.id());
    here.sink.behaviour =
        (_, _) -> {
          throw new IllegalStateException("a defect");
        };
    here.insert(throwing, 1);
    here.insert(unknown, 1);
    here.deliverer(Map.of());

    await()
        .untilAsserted(
            () ->
                assertEquals(
                    2,
                    here.count(
                        "error in ('a defect',"
                            + " 'This core knows no type ''carrier_pigeon'' of sinks.')")));
  }

  @Test
  void stoppingWaitsForWhatIsUnderWayAndClaimsNoMore() throws Exception {
    here.sink.behaviour = (_, _) -> here.vertx.timer(300).mapEmpty();
    here.insert(here.sink("a"), 20);
    DelivererVerticle deliverer = here.deliverer(Map.of());
    await().until(() -> here.sink.tried.size() == 8);

    here.vertx.undeploy(deliverer.deploymentID()).await(10, TimeUnit.SECONDS);

    assertEquals(12, here.rows());
    assertEquals(8, here.sink.arrived.size());
  }

  @Test
  void deliversAgainAfterTheDatabaseWasGone() throws Exception {
    here.deliverer(Map.of());
    StoredConnector sink = here.sink("a");
    TestDatabase.execute(
        here.server,
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");

    await().ignoreExceptions().untilAsserted(() -> here.insert(sink, 5));
    await().untilAsserted(() -> assertEquals(0, here.rows()));
  }

  @Test
  void removingTheFunctionRemovesItsDeliveries() throws Exception {
    here.insert(here.sink("a"), 5);
    TestDatabase.execute(here.server, "delete from function");

    assertEquals(0, here.rows());
  }

  @Test
  void countsWhatWaits() throws Exception {
    here.insert(here.sink("a"), 5);
    TestDatabase.execute(
        here.server,
        "update delivery set next_at = now() + interval '1 h', dead = id in"
            + " (select min(id) from delivery)");
    here.deliverer(Map.of());

    await()
        .untilAsserted(
            () -> assertEquals(4, here.meters.get("funless.deliveries.waiting").gauge().value()));
    assertEquals(1, here.meters.get("funless.deliveries.dead").gauge().value());
  }
}
