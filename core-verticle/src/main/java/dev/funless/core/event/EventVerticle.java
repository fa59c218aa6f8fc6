package dev.funless.core.event;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.database.Database;
import dev.funless.core.event.EventSource.Ending;
import dev.funless.core.event.Leases.Held;
import dev.funless.core.event.Leases.Taken;
import dev.funless.core.event.Leases.Told;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.Bus.Registration;
import dev.funless.shared.protocol.Loop;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events open that this core owns: see {@link Leases} for who owns one, {@link Lease} for how
 * long. One instance a core; its event loop owns all that is here.
 */
public final class EventVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(EventVerticle.class);

  private static final long LOOK_MILLIS = 1_000;
  private static final long CHECK_MILLIS = 250;

  /** An answer that comes later is of no use. */
  private static final long LOOK_PATIENCE_MILLIS = 3_000;

  /**
   * What the verticle is made of.
   *
   * @param coreId this core's
   * @param cores how many there are
   * @param nanos a monotonic clock
   */
  public record Parts(
      String coreId,
      Bus bus,
      Database database,
      Catalog catalog,
      ConnectorTypes<EventType<?>> types,
      Function<InvokeRequest, Future<InvokeAnswer>> scheduler,
      IntSupplier cores,
      EventMetrics metrics,
      LongSupplier nanos) {}

  private final Parts parts;
  private final Leases leases;
  private final Map<Long, OwnedEvent> owned = new HashMap<>();

  /** What is to be written next; the last of each event counts. */
  private final Map<Held, Told> untold = new LinkedHashMap<>();

  private final List<Registration> registrations = new ArrayList<>();
  private final List<Long> timers = new ArrayList<>();
  private OwnedEvent.Surroundings surroundings;
  private Loop loop;

  /** Sources that are being closed. */
  private final Set<Future<Void>> closings = new HashSet<>();

  private boolean looking;

  /** Those who asked for a look while one was under way, which may miss what they want seen. */
  private Promise<Void> lookAgain;

  private boolean telling;
  private long seenVersion;
  private Future<Void> closing;

  public EventVerticle(Parts parts) {
    this.parts = parts;
    parts.bus().register(EventsClosed.Request.class);
    parts.bus().register(EventsClosed.Answer.class);
    this.leases = new Leases(parts.database(), parts.coreId(), sourceTypes(parts.types()));
  }

  private static List<String> sourceTypes(ConnectorTypes<EventType<?>> types) {
    return types.all().stream().filter(SourceType.class::isInstance).map(EventType::name).toList();
  }

  @Override
  public Future<?> start() {
    loop = new Loop(context);
    surroundings =
        new OwnedEvent.Surroundings(
            vertx,
            leases,
            parts.metrics(),
            parts.scheduler(),
            new EventFunctions(parts.catalog())::find,
            this::tell);
    timers.add(vertx.setPeriodic(LOOK_MILLIS, _ -> look()));
    timers.add(vertx.setPeriodic(CHECK_MILLIS, _ -> closeLost()));
    registrations.add(parts.bus().listen(Addresses.CATALOG_CHANGES, this::changed));
    registrations.add(parts.bus().serve(EventsClosed.address(parts.coreId()), _ -> closed()));
    look();
    return Future.all(registrations.stream().map(Registration::ready).toList());
  }

  private void changed(CatalogChanged change) {
    if (change.version() > seenVersion) {
      seenVersion = change.version();
      look();
    }
  }

  /** Renews, takes and closes. Completes when a look is over that began after the call. */
  private Future<Void> look() {
    if (looking) {
      lookAgain = lookAgain == null ? Promise.promise() : lookAgain;
      return lookAgain.future();
    }
    looking = true;
    return lookNow()
        .onComplete(
            _ -> {
              looking = false;
              if (lookAgain != null) {
                Promise<Void> waiting = lookAgain;
                lookAgain = null;
                look().onComplete(waiting);
              }
            });
  }

  /** As above; what was to be closed by then is closed, and this core's catalogue holds it. */
  private Future<EventsClosed.Answer> closed() {
    return look()
        .compose(_ -> Future.join(List.copyOf(closings)))
        .compose(_ -> parts.catalog().refreshIfChanged())
        .map(new EventsClosed.Answer());
  }

  private Future<Void> lookNow() {
    closeLost();
    if (closing != null) {
      return Future.succeededFuture();
    }
    long asked = parts.nanos().getAsLong();
    return leases
        .look(held(owned.values()), Math.max(1, parts.cores().getAsInt()))
        .timeout(LOOK_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .<Void>map(
            look -> {
              looked(look, asked);
              return null;
            })
        .onFailure(e -> log.warn("Events could not be looked after: {}", e.toString()));
  }

  private void looked(Leases.Look look, long askedNanos) {
    for (OwnedEvent event : List.copyOf(owned.values())) {
      if (look.renewed().contains(event.eventId())) {
        event.lease().renew(askedNanos);
      } else {
        close(event, Ending.REMOVED);
      }
    }
    closeLost();
    look.taken().forEach(taken -> open(taken, askedNanos));
  }

  private void open(Taken taken, long askedNanos) {
    Lease lease = new Lease(taken.held(), parts.nanos(), askedNanos);
    if (closing != null || !lease.holds()) {
      return;
    }
    OwnedEvent event = new OwnedEvent(surroundings, lease, taken.type(), taken.progress());
    owned.put(event.eventId(), event);
    if (parts.types().find(taken.type()).orElse(null) instanceof SourceType<?> type) {
      open(event, type, taken.parameters());
    }
  }

  private <P extends Record> void open(OwnedEvent event, SourceType<P> type, String stored) {
    P parameters;
    try {
      parameters = parts.types().json().parseStored(stored, type.parameters());
    } catch (InvalidParametersException e) {
      event.failed(EventTypes.unreadable(e));
      return;
    }
    event.open(trigger -> type.open(parameters, trigger));
  }

  private void closeLost() {
    for (OwnedEvent event : List.copyOf(owned.values())) {
      if (!event.lease().holds()) {
        log.warn("The lease of event {} is over; it is closed here", event.eventId());
        close(event, Ending.LOST);
      }
    }
  }

  private Future<Void> close(OwnedEvent event, Ending ending) {
    owned.remove(event.eventId());
    Future<Void> closed = event.close(ending);
    closings.add(closed);
    return closed.onComplete(_ -> closings.remove(closed));
  }

  private void tell(Told told) {
    untold.put(told.held(), told);
    if (!telling) {
      telling = true;
      context.runOnContext(_ -> tellNow());
    }
  }

  private void tellNow() {
    List<Told> now = List.copyOf(untold.values());
    untold.clear();
    leases
        .tell(now)
        .onComplete(
            done -> {
              if (done.failed()) {
                now.forEach(told -> untold.putIfAbsent(told.held(), told));
              }
              untold.keySet().removeIf(held -> !owned.containsKey(held.id()));
              if (untold.isEmpty()) {
                telling = false;
              } else {
                vertx.setTimer(done.failed() ? LOOK_MILLIS : 1, _ -> tellNow());
              }
            });
  }

  private static List<Held> held(Collection<OwnedEvent> events) {
    return events.stream().map(event -> event.lease().held()).toList();
  }

  /** Closes all and gives the leases up, so that other cores go on at once. Thread-safe. */
  public Future<Void> close() {
    return loop.ask(
        () -> {
          if (closing == null) {
            timers.forEach(vertx::cancelTimer);
            registrations.forEach(Registration::close);
            closing = closeAll();
          }
          return closing;
        });
  }

  private Future<Void> closeAll() {
    List<OwnedEvent> events = List.copyOf(owned.values());
    List<Future<Void>> closed =
        events.stream().map(event -> close(event, Ending.HANDED_ON)).toList();
    return Future.join(closed)
        .compose(_ -> leases.giveUp(held(events)))
        .recover(
            e -> {
              log.warn("Leases of events could not be given up: {}", e.toString());
              return Future.succeededFuture();
            });
  }

  @Override
  public Future<?> stop() {
    return close();
  }
}
