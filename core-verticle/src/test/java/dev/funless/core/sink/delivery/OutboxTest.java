package dev.funless.core.sink.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.connector.StoredConnector;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.sink.Result;
import dev.funless.shared.failure.FailureException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final StoredConnector SINK = new StoredConnector(1, "fake", "{}");

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  private final Set<Long> committed = Collections.synchronizedSet(new HashSet<>());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Outbox outbox(Map<String, String> keys, Function<List<Kept>, Future<Void>> writer) {
    return new Outbox(
        vertx,
        kept -> {
          batches.add(kept.size());
          return writer.apply(kept);
        },
        committed::addAll,
        Delivering.config(keys),
        meters);
  }

  private static Result result(String id, int bytes) {
    return new Result(id, Delivering.FUNCTION, Result.OK, "x".repeat(bytes), Instant.now());
  }

  /** Where the outbox lives. */
  private <T> T on(Callable<T> action) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(_ -> done.handle(Future.future(inner -> call(action, inner))));
    return done.future().await(10, TimeUnit.SECONDS);
  }

  private static <T> void call(Callable<T> action, Promise<T> done) {
    try {
      done.complete(action.call());
    } catch (Exception e) {
      done.fail(e);
    }
  }

  private List<Future<Void>> keep(Outbox outbox, int count) throws Exception {
    return on(
        () -> {
          List<Future<Void>> kept = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            kept.add(outbox.keep(result("i" + i, 10), List.of(SINK)));
          }
          return kept;
        });
  }

  private static String code(Future<?> future) {
    Exception e = assertThrows(Exception.class, () -> future.await(10, TimeUnit.SECONDS));
    return e instanceof FailureException failure
        ? failure.failure().code()
        : String.valueOf(e.getMessage());
  }

  @Test
  void aLonelyResultIsWrittenAtOnceAndWhatEndsTogetherTogether() throws Exception {
    Outbox outbox = outbox(Map.of(), _ -> Future.succeededFuture());

    Future.all(keep(outbox, 1)).await(10, TimeUnit.SECONDS);
    Future.all(keep(outbox, 200)).await(10, TimeUnit.SECONDS);

    assertEquals(List.of(1, 200), batches);
    assertEquals(Set.of(1L), committed);
  }

  /** A write that is under way until the test ends it. */
  private static Future<Void> heldIn(List<Promise<Void>> writes) {
    Promise<Void> write = Promise.promise();
    writes.add(write);
    return write.future();
  }

  @Test
  void whileTwoStatementsAreUnderWayTheRestGathersUpToABound() throws Exception {
    List<Promise<Void>> writes = Collections.synchronizedList(new ArrayList<>());
    Outbox outbox = outbox(Map.of(), _ -> heldIn(writes));

    List<Future<Void>> kept = keep(outbox, 1_000);

    assertEquals(List.of(256, 256), on(() -> List.copyOf(batches)));
    assertEquals(488, meters.get("funless.outbox.depth").gauge().value());
    assertTrue(kept.stream().noneMatch(Future::isComplete));
    on(() -> writes.get(1).tryComplete());
    assertEquals(List.of(256, 256, 256), on(() -> List.copyOf(batches)));
    on(() -> writes.get(0).tryComplete());
    on(() -> writes.get(2).tryComplete() && writes.get(3).tryComplete());
    Future.all(kept).await(10, TimeUnit.SECONDS);
    assertEquals(List.of(256, 256, 256, 232), batches);
    assertEquals(0, meters.get("funless.outbox.depth").gauge().value());
  }

  @Test
  void largeResultsMakeSmallBatches() throws Exception {
    Outbox outbox = outbox(Map.of(), _ -> Future.succeededFuture());

    List<Future<Void>> kept =
        on(
            () -> {
              List<Future<Void>> all = new ArrayList<>();
              for (int i = 0; i < 6; i++) {
                all.add(outbox.keep(result("i" + i, 3 << 19), List.of(SINK)));
              }
              all.add(outbox.keep(result("large", 8 << 20), List.of(SINK)));
              return all;
            });

    Future.all(kept).await(10, TimeUnit.SECONDS);
    assertEquals(List.of(2, 2, 2, 1), batches);
  }

  @Test
  void whatExceedsTheQueueIsRefusedAtOnceButOneAloneNever() throws Exception {
    Outbox outbox =
        outbox(
            Map.of("sinks.queue", "10", "sinks.queue_mb", "1"),
            _ -> Promise.<Void>promise().future());
    List<StoredConnector> twenty = Collections.nCopies(20, SINK);

    // Statements take these.
    Future<Void> alone = on(() -> outbox.keep(result("a", 10), twenty));
    on(() -> null);
    Future<Void> second = on(() -> outbox.keep(result("b", 2 << 20), List.of(SINK)));
    on(() -> null);
    List<Future<Void>> kept = keep(outbox, 11);
    Future<Void> tooLarge = on(() -> outbox.keep(result("c", 2 << 20), List.of(SINK)));

    assertEquals("outbox_full", code(kept.get(10)));
    assertEquals("outbox_full", code(tooLarge));
    assertTrue(kept.subList(0, 10).stream().noneMatch(Future::isComplete));
    assertTrue(!alone.isComplete() && !second.isComplete());
  }

  @Test
  void withoutItsDatabaseAllThatWaitsFails() throws Exception {
    List<Promise<Void>> writes = Collections.synchronizedList(new ArrayList<>());
    Outbox outbox = outbox(Map.of(), _ -> heldIn(writes));
    List<Future<Void>> kept = keep(outbox, 1_000);
    on(() -> null);

    on(() -> writes.get(0).tryFail(Delivering.GONE.exception()));

    for (int i : List.of(0, 255, 512, 999)) {
      assertEquals("database", code(kept.get(i)));
    }
    assertTrue(!kept.get(256).isComplete(), "the other statement may still succeed");
    on(() -> writes.get(1).tryComplete());
    kept.get(256).await(10, TimeUnit.SECONDS);
    Future.all(keep(outbox(Map.of(), _ -> Future.succeededFuture()), 3))
        .await(10, TimeUnit.SECONDS);
  }

  @Test
  void aResultThatCannotBeStoredHarmsNoOther() throws Exception {
    try (Delivering real = new Delivering()) {
      StoredConnector sink = real.sink("a");
      Outbox outbox = outbox(Map.of(), real.deliveries::insert);

      List<Future<Void>> kept =
          on(
              () ->
                  List.of(
                      outbox.keep(result("i1", 1), List.of(sink)),
                      outbox.keep(result("a zero: \0", 1), List.of(sink)),
                      outbox.keep(result("i3", 1), List.of(sink))));

      kept.get(0).await(10, TimeUnit.SECONDS);
      kept.get(2).await(10, TimeUnit.SECONDS);
      assertTrue(code(kept.get(1)).contains("0x00"), code(kept.get(1)));
      assertEquals(2, real.rows());
    }
  }

  @Test
  void eachSinkGetsARowOnceAndOneThatIsGoneNone() throws Exception {
    try (Delivering real = new Delivering()) {
      List<StoredConnector> sinks =
          List.of(real.sink("a"), real.sink("b"), new StoredConnector(999, "fake", "{}"));
      Outbox outbox = outbox(Map.of(), real.deliveries::insert);
      String json = "{\"text\":\"grüße \\u0000\"}";
      Result result =
          new Result("i1", Delivering.FUNCTION, "trap", json, Instant.ofEpochMilli(1_234));

      on(() -> outbox.keep(result, sinks)).await(10, TimeUnit.SECONDS);
      on(() -> outbox.keep(result, sinks)).await(10, TimeUnit.SECONDS);

      assertEquals(2, real.rows());
      assertEquals(
          json, TestDatabase.query(real.server, "select result from delivery order by id"));
      assertEquals(
          2,
          real.count(
              "invocation_id = 'i1' and outcome = 'trap' and ended_at = to_timestamp(1.234)"));
    }
  }
}
