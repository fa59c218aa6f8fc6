package dev.funless.core.sink.delivery;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.sink.Handover;
import dev.funless.core.sink.SinkType;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due, beside the other cores' deliverers. One instance a core: its event loop
 * owns what is in flight.
 *
 * <p>A claim is a row's {@code next_at} pushed ahead: who dies with it loses it. Due rows are
 * looked for among the sinks that this core has just kept a result for or delivered one to, and
 * once a second among all.
 */
public final class DelivererVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(DelivererVerticle.class);

  private static final long POLL_MILLIS = 1_000;
  private static final long COUNT_MILLIS = 10_000;

  /** How much longer than a delivery may take its claim holds. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  /** How long deliveries under way are waited for at the end. */
  private static final long STOP_SECONDS = 3;

  private final Deliveries deliveries;
  private final DeadDeliveries dead;
  private final Handover handover;
  private final DeliveryConfig config;
  private final DeliveryMetrics metrics;
  private final Slots slots;
  private final RandomGenerator random = RandomGenerator.getDefault();

  /** Sinks that may have something due. */
  private final Set<Long> hinted = new HashSet<>();

  private boolean lookEverywhere;
  private boolean claiming;
  private List<Settlement> toSettle = new ArrayList<>();
  private boolean settling;
  private boolean stopping;
  private final Promise<Void> idle = Promise.promise();

  /** This verticle's; null until it has started. */
  private volatile Context loop;

  public DelivererVerticle(
      Deliveries deliveries,
      DeadDeliveries dead,
      ConnectorTypes<SinkType<?>> types,
      DeliveryConfig config,
      MeterRegistry meters) {
    this.deliveries = deliveries;
    this.dead = dead;
    this.handover = new Handover(types, config.patience());
    this.config = config;
    this.metrics = new DeliveryMetrics(meters);
    this.slots = new Slots(config.inFlight(), config.inFlightPerSink());
  }

  @Override
  public Future<?> start() {
    loop = context;
    vertx.setPeriodic(0, POLL_MILLIS, _ -> lookEverywhere());
    vertx.setPeriodic(0, COUNT_MILLIS, _ -> deliveries.count().onSuccess(metrics::counted));
    new Expiry(vertx, dead, config.keepDead(), metrics).start();
    return Future.succeededFuture();
  }

  /** Takes no more, and waits a little for what is under way; what is left others will deliver. */
  @Override
  public Future<?> stop() {
    stopping = true;
    endWhenIdle();
    return idle.future().timeout(STOP_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
  }

  /** These sinks have been given something. Thread-safe. */
  public void wake(Set<Long> sinkIds) {
    onLoop(
        () -> {
          hinted.addAll(sinkIds);
          claim();
        });
  }

  /** Some sink may have something due. Thread-safe. */
  public void wake() {
    onLoop(this::lookEverywhere);
  }

  private void onLoop(Runnable action) {
    Context there = loop;
    if (there != null) {
      there.runOnContext(_ -> action.run());
    }
  }

  private void lookEverywhere() {
    lookEverywhere = true;
    claim();
  }

  /** One statement at a time; what comes up meanwhile waits for the next one. */
  private void claim() {
    boolean isNeeded = lookEverywhere || !hinted.isEmpty();
    if (claiming || stopping || !isNeeded || slots.isFull()) {
      return;
    }
    Optional<Set<Long>> sinks = lookEverywhere ? Optional.empty() : Optional.of(Set.copyOf(hinted));
    hinted.clear();
    lookEverywhere = false;
    claiming = true;
    int room = slots.room();
    deliveries
        .claim(
            sinks,
            slots.rooms(),
            config.inFlightPerSink(),
            room,
            slots.roomBytes(),
            config.patience().plus(LEASE_MARGIN))
        .onComplete(
            claimed -> {
              claiming = false;
              claimed.forEach(this::deliver);
              // Where there was no place for all, whose turn is next is anybody's.
              lookEverywhere |= claimed.size() == room;
              claim();
            },
            e -> {
              claiming = false;
              log.debug("Nothing can be delivered now: {}", e.toString());
            });
  }

  private void deliver(Claimed claimed) {
    slots.take(claimed);
    handover
        .deliver(claimed.type(), claimed.parameters(), claimed.result())
        // A type may tell on whatever thread it likes.
        .onComplete(done -> onLoop(() -> ended(claimed, done)));
  }

  private void ended(Claimed claimed, AsyncResult<Void> done) {
    Settlement settlement;
    if (done.succeeded()) {
      slots.arrived(claimed.sinkId());
      settlement = new Settlement.Delivered(claimed);
    } else {
      slots.failed(claimed.sinkId());
      settlement = failed(claimed, handover.sentence(done.cause()));
    }
    metrics.ended(settlement);
    toSettle.add(settlement);
    settle();
  }

  private Settlement failed(Claimed claimed, String error) {
    if (claimed.attempt() < config.tries()) {
      return new Settlement.Failed(claimed, error, BackOff.after(claimed.attempt(), random));
    }
    log.warn(
        "The result of {} of {} did not reach its {} sink: {}",
        claimed.result().invocationId(),
        claimed.result().function(),
        claimed.type(),
        error);
    return new Settlement.Dead(claimed, error);
  }

  /** Writes together what ends while the last writing is under way. */
  private void settle() {
    if (settling || toSettle.isEmpty()) {
      return;
    }
    List<Settlement> batch = toSettle;
    toSettle = new ArrayList<>();
    settling = true;
    deliveries
        .settle(batch)
        .onFailure(e -> log.debug("Deliveries will be made again: {}", e.toString()))
        .onComplete(
            _ -> {
              settling = false;
              batch.forEach(settlement -> settled(settlement.claimed()));
              settle();
              claim();
              endWhenIdle();
            });
  }

  private void settled(Claimed claimed) {
    slots.release(claimed);
    hinted.add(claimed.sinkId());
  }

  private void endWhenIdle() {
    if (stopping && slots.isEmpty()) {
      idle.tryComplete();
    }
  }
}
