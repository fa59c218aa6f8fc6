package dev.funless.core.event;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds functions by their events, so that renames are followed. Confined to the event loop. */
final class EventFunctions {

  private final Catalog catalog;
  private long indexedVersion = -1;
  private Map<Long, FunctionId> byEvent = Map.of();

  EventFunctions(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Asks the database for news before it says that there is none. */
  Future<Optional<FunctionId>> find(long event) {
    Optional<FunctionId> known = known(event);
    return known.isPresent()
        ? Future.succeededFuture(known)
        : catalog.refreshIfChanged().map(_ -> known(event));
  }

  private Optional<FunctionId> known(long event) {
    CatalogSnapshot now = catalog.snapshot();
    if (now.version() != indexedVersion) {
      Map<Long, FunctionId> index = new HashMap<>();
      now.functions()
          .forEach((id, function) -> function.events().forEach(e -> index.put(e.id(), id)));
      byEvent = index;
      indexedVersion = now.version();
    }
    return Optional.ofNullable(byEvent.get(event));
  }
}
