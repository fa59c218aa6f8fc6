package dev.funless.core.sink.delivery;

import dev.funless.core.connector.StoredConnector;
import dev.funless.core.sink.Result;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits results for the sinks of their functions. Confined to the scheduler's event loop.
 *
 * <p>Group commit: what ends in one turn of the event loop is written by one statement, and what
 * ends while {@value #MAX_WRITES} statements are under way waits for the next one. So a lonely
 * result waits for nothing, and under load statements grow instead of becoming more.
 *
 * <p>A statement that fails although the database is there fails because of one of its results, so
 * these are written again one by one.
 */
public final class Outbox {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  static final int BATCH_ROWS = 256;
  static final long BATCH_BYTES = 4L * 1024 * 1024;
  private static final int MAX_WRITES = 2;

  private static final Failure FULL =
      new Failure(
          Category.UNAVAILABLE, "outbox_full", "Too many results wait to be kept for their sinks.");

  private record Waiting(Kept kept, Promise<Void> done) {}

  private final Vertx vertx;
  private final Function<List<Kept>, Future<Void>> writer;
  private final Consumer<Set<Long>> committed;
  private final DeliveryConfig config;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** Of those that wait. */
  private int rows;

  /** Of those that wait. */
  private long bytes;

  private int writes;
  private boolean flushIsDue;

  /**
   * @param writer commits all or fails
   * @param committed is told which sinks have been given something
   */
  Outbox(
      Vertx vertx,
      Function<List<Kept>, Future<Void>> writer,
      Consumer<Set<Long>> committed,
      DeliveryConfig config,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.writer = writer;
    this.committed = committed;
    this.config = config;
    Gauge.builder("funless.outbox.depth", this, outbox -> outbox.rows)
        .description("Results that wait in this core to be committed for their sinks")
        .register(meters);
  }

  /** Into the database. */
  public Outbox(
      Vertx vertx,
      Deliveries deliveries,
      Consumer<Set<Long>> committed,
      DeliveryConfig config,
      MeterRegistry meters) {
    this(vertx, deliveries::insert, committed, config, meters);
  }

  /** Completes when the result is committed for all of the sinks. */
  public Future<Void> keep(Result result, List<StoredConnector> sinks) {
    Kept kept = new Kept(sinks.stream().map(StoredConnector::id).toList(), result);
    // One that is larger than the whole queue may have it to itself.
    if (rows > 0
        && (rows + kept.rows() > config.queueRows()
            || bytes + kept.bytes() > config.queueBytes())) {
      return Future.failedFuture(FULL.exception());
    }
    Waiting entry = new Waiting(kept, Promise.promise());
    waiting.add(entry);
    rows += kept.rows();
    bytes += kept.bytes();
    if (!flushIsDue) {
      flushIsDue = true;
      vertx.runOnContext(
          _ -> {
            flushIsDue = false;
            flush();
          });
    }
    return entry.done.future();
  }

  private void flush() {
    while (writes < MAX_WRITES && !waiting.isEmpty()) {
      write(nextBatch());
    }
  }

  private List<Waiting> nextBatch() {
    List<Waiting> batch = new ArrayList<>();
    int batchRows = 0;
    long batchBytes = 0;
    while (!waiting.isEmpty()) {
      Kept next = waiting.getFirst().kept;
      if (!batch.isEmpty()
          && (batchRows + next.rows() > BATCH_ROWS || batchBytes + next.bytes() > BATCH_BYTES)) {
        break;
      }
      batchRows += next.rows();
      batchBytes += next.bytes();
      batch.add(taken());
    }
    return batch;
  }

  private Waiting taken() {
    Waiting entry = waiting.removeFirst();
    rows -= entry.kept.rows();
    bytes -= entry.kept.bytes();
    return entry;
  }

  private void write(List<Waiting> batch) {
    writes++;
    writer
        .apply(batch.stream().map(Waiting::kept).toList())
        .onComplete(
            _ -> {
              writes--;
              batch.forEach(entry -> entry.done.complete());
              committed.accept(
                  batch.stream()
                      .flatMap(entry -> entry.kept.sinkIds().stream())
                      .collect(Collectors.toUnmodifiableSet()));
              flush();
            },
            e -> {
              writes--;
              failed(batch, e);
              flush();
            });
  }

  private void failed(List<Waiting> batch, Throwable e) {
    if (e instanceof FailureException) {
      // The database is gone: what waits would only wait as long again.
      batch.forEach(entry -> entry.done.fail(e));
      while (!waiting.isEmpty()) {
        taken().done.fail(e);
      }
    } else if (batch.size() > 1) {
      writeOneByOne(batch, 0);
    } else {
      Waiting only = batch.getFirst();
      log.error("The result of {} cannot be kept", only.kept.result().invocationId(), e);
      only.done.fail(e);
    }
  }

  private void writeOneByOne(List<Waiting> batch, int index) {
    if (index == batch.size()) {
      return;
    }
    Waiting entry = batch.get(index);
    writer
        .apply(List.of(entry.kept))
        .onComplete(
            _ -> {
              entry.done.complete();
              committed.accept(Set.copyOf(entry.kept.sinkIds()));
              writeOneByOne(batch, index + 1);
            },
            e -> {
              failed(List.of(entry), e);
              writeOneByOne(batch, index + 1);
            });
  }
}
