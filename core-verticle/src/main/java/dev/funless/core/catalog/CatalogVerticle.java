package dev.funless.core.catalog;

import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.CatalogSync;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this core's catalogue up to date, and gives workers what they ask of it. Once a second it
 * compares versions with the database and tells the cluster its own, so that a lost message is made
 * good.
 */
public final class CatalogVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(CatalogVerticle.class);

  private static final long COMPARE_MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final long REMOVE_UNUSED_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final String coreId;
  private final Bus bus;
  private final Catalog catalog;
  private final CodeStore code;
  private boolean comparing;

  public CatalogVerticle(String coreId, Bus bus, Catalog catalog, CodeStore code) {
    this.coreId = coreId;
    this.bus = bus;
    this.catalog = catalog;
    this.code = code;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(COMPARE_MILLIS, _ -> compare());
    vertx.setPeriodic(REMOVE_UNUSED_MILLIS, _ -> removeUnusedCode());
    return Future.all(
        List.of(
            bus.serve(Addresses.FUNCTIONS, request -> Future.succeededFuture(catalog.page(request)))
                .ready(),
            bus.serve(Addresses.CODE, code::get).ready(),
            bus.serve(Addresses.catalogSync(coreId), this::synced).ready(),
            bus.listen(Addresses.CATALOG_CHANGES, this::changed).ready()));
  }

  private Future<CatalogSync> synced(CatalogSync wanted) {
    long known = catalog.snapshot().version();
    return known >= wanted.version()
        ? Future.succeededFuture(new CatalogSync(known))
        : catalog.refresh().map(latest -> new CatalogSync(latest.version()));
  }

  private void changed(CatalogChanged change) {
    if (change.version() > catalog.snapshot().version()) {
      compare();
    }
  }

  /** One comparison at a time: while the database is slow they must not pile up. */
  private void compare() {
    if (comparing) {
      return;
    }
    comparing = true;
    catalog
        .refreshIfChanged()
        .onSuccess(
            latest ->
                bus.publish(Addresses.CATALOG_CHANGES, CatalogChanged.still(latest.version())))
        .onFailure(e -> log.debug("The catalogue could not be compared: {}", e.toString()))
        .onComplete(_ -> comparing = false);
  }

  private void removeUnusedCode() {
    code.removeUnused()
        .onFailure(e -> log.warn("Unused code could not be removed: {}", e.toString()));
  }
}
