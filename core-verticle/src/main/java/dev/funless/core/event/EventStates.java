package dev.funless.core.event;

import dev.funless.core.database.Database;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Reads how events are. Thread-safe. */
public final class EventStates {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Vertx vertx;
  private final Database database;
  private final Supplier<StandingEvents> standing;
  private final UnaryOperator<String> coreNames;

  /**
   * @param standing as the catalogue is now
   * @param coreNames a core's name by its id; the id where the core is not known any more
   */
  public EventStates(
      Vertx vertx,
      Database database,
      Supplier<StandingEvents> standing,
      UnaryOperator<String> coreNames) {
    this.vertx = vertx;
    this.database = database;
    this.standing = standing;
    this.coreNames = coreNames;
  }

  /** How a function's events are now, in the uploader's order. */
  public Future<List<EventState>> of(FunctionId function) {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    """
                    select e.id, e.state, e.detail, e.owner, e.lease_until > now() as is_owned
                    from event e
                    join function f on f.id = e.function_id
                    join module m on m.id = f.module_id
                    where m.name = $1 and f.name = $2
                    order by e.position
                    """)
                .execute(Tuple.of(function.module(), function.name()))
                .map(
                    rows -> {
                      StandingEvents now = standing.get();
                      List<EventState> states = new ArrayList<>();
                      rows.forEach(row -> states.add(state(row, now)));
                      return states;
                    }));
  }

  private EventState state(Row row, StandingEvents standing) {
    long id = row.getLong("id");
    return standing.state(id).orElseGet(() -> owned(id, row));
  }

  /** What an owner has told is true for as long as its lease lasts. */
  private EventState owned(long id, Row row) {
    String owner = row.getString("owner");
    return owner == null || !row.getBoolean("is_owned")
        ? EventState.waiting(id)
        : new EventState(
            id, row.getString("state"), row.getString("detail"), coreNames.apply(owner));
  }

  /**
   * As {@link #of}, once every event has connected or failed for the first time; after a few
   * seconds in any case.
   *
   * @param count how many events the function has just been given; with none there is nothing to do
   */
  public Future<List<EventState>> settled(FunctionId function, int count) {
    return count == 0
        ? Future.succeededFuture(List.of())
        : settledUntil(function, System.nanoTime() + PATIENCE.toNanos());
  }

  private Future<List<EventState>> settledUntil(FunctionId function, long endNanos) {
    return of(function)
        .compose(
            states ->
                states.stream().allMatch(EventState::isSettled) || System.nanoTime() > endNanos
                    ? Future.succeededFuture(states)
                    : vertx
                        .timer(LOOK_AGAIN_MILLIS)
                        .compose(_ -> settledUntil(function, endNanos)));
  }
}
