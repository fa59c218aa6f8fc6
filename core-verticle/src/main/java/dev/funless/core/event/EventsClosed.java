package dev.funless.core.event;

import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.shared.protocol.Address;
import dev.funless.shared.protocol.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes sure that nothing comes any more from events that are gone from the database: asks all
 * cores to look, and where one does not answer, waits until its leases have certainly ended.
 * Thread-safe.
 */
public final class EventsClosed {

  /** Asks a core to close what it no longer owns. */
  record Request() {}

  /** It has. */
  record Answer() {}

  private final Vertx vertx;
  private final Bus bus;
  private final Supplier<List<String>> cores;

  /**
   * @param cores the ids of those in the cluster
   */
  public EventsClosed(Vertx vertx, Bus bus, Supplier<List<String>> cores) {
    this.vertx = vertx;
    this.bus = bus;
    this.cores = cores;
  }

  static Address<Request, Answer> address(String coreId) {
    return new Address<>("funless.core." + coreId + ".events-closed", Request.class, Answer.class);
  }

  /**
   * To be called when the removal was committed; never fails.
   *
   * @param before the functions as they were
   */
  public Future<Void> of(Collection<FunctionDefinition> before) {
    return before.stream().allMatch(function -> function.events().isEmpty())
        ? Future.succeededFuture()
        : everywhere();
  }

  private Future<Void> everywhere() {
    Future<Void> leasesOver = Future.succeededFuture();
    long started = System.nanoTime();
    for (String core : cores.get()) {
      Future<Void> closed =
          bus.request(address(core), new Request(), Leases.LEASE)
              .<Void>mapEmpty()
              .recover(_ -> leaseOver(started));
      leasesOver = Future.join(leasesOver, closed).mapEmpty();
    }
    return leasesOver;
  }

  private Future<Void> leaseOver(long startedNanos) {
    long passed = (System.nanoTime() - startedNanos) / 1_000_000;
    return vertx.timer(Math.max(1, Leases.LEASE.toMillis() - passed)).mapEmpty();
  }
}
