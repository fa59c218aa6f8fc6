package dev.funless.core.event;

import dev.funless.core.event.EventSource.Ending;
import dev.funless.core.event.Leases.Told;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event that this core owns, or has owned. Confined to the event loop. */
final class OwnedEvent implements Trigger {

  private static final Logger log = LoggerFactory.getLogger(OwnedEvent.class);

  private static final Failure NOT_OWNED =
      new Failure(Category.UNAVAILABLE, "not_owned", "This core does not own the event.");
  private static final Failure NO_FUNCTION =
      new Failure(Category.NOT_FOUND, "no_such_function", "The event's function is gone.");

  /**
   * What all events of a core share.
   *
   * @param function finds an event's function by the event's id
   * @param teller takes what is to be written to the events' rows
   */
  record Surroundings(
      Vertx vertx,
      Leases leases,
      EventMetrics metrics,
      Function<InvokeRequest, Future<InvokeAnswer>> scheduler,
      Function<Long, Future<Optional<FunctionId>>> function,
      Consumer<Told> teller) {}

  private final Surroundings surroundings;
  private final Lease lease;
  private final String type;
  private String progress;
  private EventSource source = _ -> Future.succeededFuture();
  private Told told;
  private boolean isClosing;

  OwnedEvent(Surroundings surroundings, Lease lease, String type, String progress) {
    this.surroundings = surroundings;
    this.lease = lease;
    this.type = type;
    this.progress = progress;
    this.told = new Told(lease.held(), EventState.WAITING, "");
  }

  Lease lease() {
    return lease;
  }

  /** Opens the source, which may use this event from then on. */
  void open(Function<Trigger, EventSource> opener) {
    try {
      source = opener.apply(this);
    } catch (RuntimeException e) {
      log.error("Event {} of type {} could not be opened", eventId(), type, e);
      failed("It could not be opened; the core's log says why.");
    }
  }

  /** The first call counts. */
  Future<Void> close(Ending ending) {
    if (isClosing) {
      return Future.succeededFuture();
    }
    isClosing = true;
    if (ending == Ending.LOST) {
      lease.end();
    }
    surroundings.metrics.state(type, told.state(), EventState.WAITING);
    return source
        .close(ending)
        .recover(
            e -> {
              log.error("Event {} of type {} did not close well", eventId(), type, e);
              return Future.succeededFuture();
            });
  }

  @Override
  public Vertx vertx() {
    return surroundings.vertx;
  }

  @Override
  public long eventId() {
    return lease.held().id();
  }

  @Override
  public boolean isOwned() {
    return lease.holds();
  }

  @Override
  public Future<InvokeAnswer> invoke(byte[] args) {
    return surroundings
        .function
        .apply(eventId())
        .compose(function -> function.map(id -> invoke(id, args)).orElseGet(OwnedEvent::gone))
        .compose(
            answer -> lease.holds() ? Future.succeededFuture(answer) : notOwned(),
            e -> lease.holds() ? Future.failedFuture(e) : notOwned());
  }

  private static Future<InvokeAnswer> notOwned() {
    return Future.failedFuture(NOT_OWNED.exception());
  }

  private static Future<InvokeAnswer> gone() {
    return Future.failedFuture(NO_FUNCTION.exception());
  }

  private Future<InvokeAnswer> invoke(FunctionId function, byte[] args) {
    if (isClosing || !lease.holds()) {
      return Future.failedFuture(NOT_OWNED.exception());
    }
    surroundings.metrics.invoked(type);
    return surroundings.scheduler.apply(InvokeRequest.of(function, args));
  }

  @Override
  public void connected() {
    tell(EventState.CONNECTED, "");
  }

  @Override
  public void failed(String why) {
    tell(EventState.FAILED, why);
  }

  private void tell(String state, String detail) {
    Told now = new Told(lease.held(), state, detail);
    if (isClosing || now.equals(told)) {
      return;
    }
    if (!detail.isEmpty()) {
      log.warn("Event {} of type {} fails: {}", eventId(), type, detail);
    }
    surroundings.metrics.state(type, told.state(), state);
    told = now;
    surroundings.teller.accept(now);
  }

  @Override
  public void refused(String why) {
    surroundings.metrics.refused(type);
    log.warn("Event {} of type {} refused a message: {}", eventId(), type, why);
  }

  @Override
  public String progress() {
    return progress;
  }

  @Override
  public Future<Void> progress(String text) {
    if (isClosing || !lease.holds()) {
      return Future.failedFuture(NOT_OWNED.exception());
    }
    return surroundings
        .leases
        .progress(lease.held(), text)
        .compose(
            kept -> {
              if (!kept || !lease.holds()) {
                return Future.failedFuture(NOT_OWNED.exception());
              }
              progress = text;
              return Future.succeededFuture();
            });
  }
}
