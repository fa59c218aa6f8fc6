package dev.funless.worker.code;

import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.FunctionList;
import dev.funless.shared.protocol.message.FunctionListRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the worker's functions in step with the catalogue. Cores tell each change, and once a
 * second their version: a worker that has missed something, or has just joined, asks for the whole.
 * Confined to the worker's event loop.
 */
public final class CatalogFollower {

  private static final Logger log = LoggerFactory.getLogger(CatalogFollower.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Bus bus;
  private final Functions functions;
  private final Consumer<Collection<FunctionSpec>> listener;

  /** The version that the functions are in step with; 0 before the first. */
  private long version;

  private boolean asking;

  /**
   * @param listener told all functions after each change; may not keep the collection, which
   *     changes
   */
  public CatalogFollower(
      Bus bus, Functions functions, Consumer<Collection<FunctionSpec>> listener) {
    this.bus = bus;
    this.functions = functions;
    this.listener = listener;
  }

  /** Takes in what a core tells. */
  public void changed(CatalogChanged change) {
    if (change.version() <= version) {
      return;
    }
    if (change.previous() == version) {
      functions.changed(change.changed(), change.removed());
      version = change.version();
      listener.accept(functions.known());
    } else {
      askForAll();
    }
  }

  /** One question at a time; where it fails, the next version that a core tells asks again. */
  private void askForAll() {
    if (asking) {
      return;
    }
    asking = true;
    page(0, new ArrayList<>())
        .onSuccess(
            list -> {
              // A core that lags behind may have answered: what is known already is newer then.
              if (list.version() > version) {
                functions.all(list.functions());
                version = list.version();
                listener.accept(functions.known());
              }
            })
        .onFailure(e -> log.warn("The functions could not be listed: {}", e.toString()))
        .onComplete(_ -> asking = false);
  }

  private Future<FunctionList> page(long expectedVersion, List<FunctionSpec> before) {
    return bus.request(Addresses.FUNCTIONS, new FunctionListRequest(before.size()), PATIENCE)
        .compose(
            page -> {
              if (!before.isEmpty() && page.version() != expectedVersion) {
                return Future.failedFuture("the catalogue changed between two pages");
              }
              before.addAll(page.functions());
              return page.functions().size() < FunctionListRequest.PAGE
                  ? Future.succeededFuture(new FunctionList(page.version(), before))
                  : page(page.version(), before);
            });
  }
}
