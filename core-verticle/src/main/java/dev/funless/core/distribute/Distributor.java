package dev.funless.core.distribute;

import dev.funless.core.invoke.WorkersView;
import dev.funless.core.workers.WorkerView;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.PrepareRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has every worker fetch and compile a function before its first call. Thread-safe. */
public final class Distributor {

  private static final Logger log = LoggerFactory.getLogger(Distributor.class);

  private static final Duration LISTING_PATIENCE = Duration.ofSeconds(5);

  private final Bus bus;
  private final Duration patience;

  /**
   * @param patience how long to wait for the workers
   */
  public Distributor(Bus bus, Duration patience) {
    this.bus = bus;
    this.patience = patience;
  }

  /** Completes, always, with the names of the workers that are not ready within the patience. */
  public Future<List<String>> prepare(FunctionSpec function) {
    return bus.requestLocal(WorkersView.ADDRESS, new WorkersView.Request(), LISTING_PATIENCE)
        .compose(
            view -> {
              List<Future<Boolean>> workers =
                  view.workers().stream().map(worker -> prepare(worker, function)).toList();
              return Future.join(workers)
                  .map(
                      _ ->
                          view.workers().stream()
                              .filter(
                                  worker -> !workers.get(view.workers().indexOf(worker)).result())
                              .map(WorkerView::name)
                              .toList());
            });
  }

  private Future<Boolean> prepare(WorkerView worker, FunctionSpec function) {
    return bus.request(Addresses.prepare(worker.id()), new PrepareRequest(function), patience)
        .map(true)
        .otherwise(
            e -> {
              log.warn(
                  "Worker {} is not ready for {}: {}", worker.name(), function.id(), e.toString());
              return false;
            });
  }
}
