package dev.funless.core.sink;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.NewConnector;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the sinks of an upload whether something could be delivered to them. Thread-safe. */
public final class ReachedSinks {

  /** Somebody waits for it. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** So many connections at once for one upload; more sinks are not asked. */
  private static final int MOST = 100;

  private final Vertx vertx;
  private final Handover handover;

  /**
   * @param patience how long a delivery may take
   */
  public ReachedSinks(Vertx vertx, ConnectorTypes<SinkType<?>> types, Duration patience) {
    this.vertx = vertx;
    this.handover = new Handover(types, patience.compareTo(LONGEST) < 0 ? patience : LONGEST);
  }

  /**
   * Asks all at once, and some seconds at most. Never fails.
   *
   * @return on the caller's context: of each, in their order, why nothing could be delivered to it
   *     now; empty where something could
   */
  public Future<List<Optional<String>>> of(List<NewConnector> sinks) {
    if (sinks.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Context caller = vertx.getOrCreateContext();
    Promise<List<Optional<String>>> told = Promise.promise();
    List<Future<Optional<String>>> asked = sinks.stream().limit(MOST).map(this::trouble).toList();
    Future.join(asked)
        .onComplete(
            _ ->
                caller.runOnContext(
                    _ -> told.complete(asked.stream().map(Future::result).toList())));
    return told.future();
  }

  private Future<Optional<String>> trouble(NewConnector sink) {
    return handover
        .reach(sink.type(), sink.parameters())
        .map(_ -> Optional.<String>empty())
        .otherwise(e -> Optional.of(handover.sentence(e)));
  }
}
