package dev.funless.core.event;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.core.catalog.Derived;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds functions by their events, so that renames are followed. Confined to the event loop. */
final class EventFunctions {

  private final Catalog catalog;
  private final Derived<Map<Long, FunctionId>> byEvent;

  EventFunctions(Catalog catalog) {
    this.catalog = catalog;
    this.byEvent = new Derived<>(catalog::snapshot, EventFunctions::index);
  }

  /** Asks the database for news before it says that there is none. */
  Future<Optional<FunctionId>> find(long event) {
    Optional<FunctionId> known = known(event);
    return known.isPresent()
        ? Future.succeededFuture(known)
        : catalog.refreshIfChanged().map(_ -> known(event));
  }

  private Optional<FunctionId> known(long event) {
    return Optional.ofNullable(byEvent.get().get(event));
  }

  private static Map<Long, FunctionId> index(CatalogSnapshot catalog) {
    Map<Long, FunctionId> index = new HashMap<>();
    catalog
        .functions()
        .forEach((id, function) -> function.events().forEach(e -> index.put(e.id(), id)));
    return index;
  }
}
