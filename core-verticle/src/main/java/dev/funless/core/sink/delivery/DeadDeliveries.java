package dev.funless.core.sink.delivery;

import dev.funless.core.database.Database;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those in the table of deliveries that were given up. Thread-safe. */
public final class DeadDeliveries {

  private final Database database;

  public DeadDeliveries(Database database) {
    this.database = database;
  }

  /**
   * What was given up of a function's results, the oldest first.
   *
   * @param after only those whose id is higher
   */
  public Future<List<DeadDelivery>> of(FunctionId function, long after, int limit) {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    """
                    select d.id, s.position, s.type, d.invocation_id, d.outcome, d.attempts,
                           d.error, d.ended_at
                    from delivery d
                    join sink s on s.id = d.sink_id
                    join function f on f.id = s.function_id
                    join module m on m.id = f.module_id
                    where m.name = $1 and f.name = $2 and d.dead and d.id > $3::bigint
                    order by d.id
                    limit $4::bigint
                    """)
                .execute(Tuple.of(function.module(), function.name(), after, (long) limit))
                .map(
                    rows -> {
                      List<DeadDelivery> dead = new ArrayList<>(rows.size());
                      rows.forEach(row -> dead.add(deadDelivery(row)));
                      return dead;
                    }));
  }

  private static DeadDelivery deadDelivery(Row row) {
    return new DeadDelivery(
        row.getLong("id"),
        row.getInteger("position"),
        row.getString("type"),
        row.getString("invocation_id"),
        row.getString("outcome"),
        row.getInteger("attempts"),
        row.getString("error"),
        row.getOffsetDateTime("ended_at").toInstant());
  }

  /**
   * Makes what was given up due again, with all its tries.
   *
   * @param ids which of them; absent for all
   * @return how many
   */
  public Future<Integer> retry(FunctionId function, Optional<List<Long>> ids) {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    """
                    update delivery d
                    set dead = false, attempts = 0, next_at = now()
                    from sink s, function f, module m
                    where s.id = d.sink_id and f.id = s.function_id and m.id = f.module_id
                      and m.name = $1 and f.name = $2 and d.dead
                      and ($3::bigint[] is null or d.id = any($3))
                    """)
                .execute(
                    Tuple.of(function.module(), function.name())
                        .addArrayOfLong(ids.map(list -> list.toArray(Long[]::new)).orElse(null)))
                .map(rows -> rows.rowCount()));
  }

  /**
   * Removes those that were given up long ago.
   *
   * @param keep how long ago
   * @param limit removes so many at most, the oldest first
   * @return how many, by the type of their sink
   */
  Future<Map<String, Integer>> expire(Duration keep, int limit) {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    // When one is given up it is made due, which tells since when it is dead.
                    """
                    with old as materialized (
                      select id from delivery
                      where dead and next_at < now() - make_interval(secs => $1::float8)
                      order by next_at
                      limit $2::integer
                      for update skip locked
                    ), gone as (
                      delete from delivery d using old where d.id = old.id returning d.sink_id
                    )
                    select s.type, count(*)::integer count
                    from gone join sink s on s.id = gone.sink_id
                    group by s.type
                    """)
                .execute(Tuple.of((double) keep.toSeconds(), limit))
                .map(
                    rows -> {
                      Map<String, Integer> counts = new HashMap<>();
                      rows.forEach(
                          row -> counts.put(row.getString("type"), row.getInteger("count")));
                      return counts;
                    }));
  }
}
