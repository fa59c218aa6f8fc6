package dev.funless.core.sink.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.core.connector.StoredConnector;
import dev.funless.core.database.TestDatabase;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On one real database. */
class ExpiryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Delivering here;

  @BeforeEach
  void open() throws Exception {
    here = new Delivering();
    here.sink.behaviour = (_, _) -> Future.failedFuture("It is not there.");
  }

  @AfterEach
  void close() {
    here.close();
  }

  private void change(String how) throws Exception {
    TestDatabase.execute(here.server, "update delivery set " + how);
  }

  private double expired() {
    var counter = here.meters.find("funless.deliveries.expired").tag("type", "fake").counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void whatWasGivenUpLongAgoIsRemovedHoweverMuchItIs() throws Exception {
    StoredConnector sink = here.sink("a");
    here.insert(sink, 2 * Expiry.BATCH + 10);
    change("dead = true, next_at = now() - interval '8 days'");
    change("next_at = now() - interval '6 days' where invocation_id = '%d-3'".formatted(sink.id()));
    change("dead = false where invocation_id = '%d-4'".formatted(sink.id()));

    here.deliverer(Map.of("sinks.dead_days", "7"));

    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, here.count("dead")));
    assertEquals(2, here.rows(), "one is young, and one is on its way");
    assertEquals(1, here.count("invocation_id like '%-3'"));
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(2 * Expiry.BATCH + 8, expired()));
  }

  @Test
  void itsAgeIsCountedFromWhenItWasGivenUp() throws Exception {
    here.insert(here.sink("a"), 1);
    change("ended_at = now() - interval '40 days', next_at = now() - interval '40 days'");
    here.deliverer(Map.of("sinks.tries", "1"));
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, here.count("dead")));

    assertEquals(Map.of(), Delivering.finish(here.dead.expire(Duration.ofDays(30), Expiry.BATCH)));

    change("next_at = next_at - interval '31 days'");
    assertEquals(
        Map.of("fake", 1), Delivering.finish(here.dead.expire(Duration.ofDays(30), Expiry.BATCH)));
    assertEquals(0, here.rows());
  }

  @Test
  void coresThatRemoveAtOnceCountEachResultOnce() throws Exception {
    here.insert(here.sink("a"), 3 * Expiry.BATCH);
    change("dead = true, next_at = now() - interval '31 days'");

    here.deliverer(Map.of());
    here.deliverer(Map.of());

    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(0, here.rows()));
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(3 * Expiry.BATCH, expired()));
  }
}
