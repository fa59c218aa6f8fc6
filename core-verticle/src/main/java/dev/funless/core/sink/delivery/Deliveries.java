package dev.funless.core.sink.delivery;

import dev.funless.core.database.Database;
import dev.funless.core.sink.Result;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of deliveries. Thread-safe. */
public final class Deliveries {

  /** As many are counted at most, since counting takes its time. */
  private static final int COUNTED = 100_000;

  /** How many wait, and how many were given up. */
  record Counts(long waiting, long dead) {}

  private final Database database;

  public Deliveries(Database database) {
    this.database = database;
  }

  /** Commits results; one that a sink has already is passed over, and so is a sink that is gone. */
  Future<Void> insert(List<Kept> results) {
    int rows = results.stream().mapToInt(Kept::rows).sum();
    Long[] sinks = new Long[rows];
    String[] invocations = new String[rows];
    String[] outcomes = new String[rows];
    String[] jsons = new String[rows];
    OffsetDateTime[] ends = new OffsetDateTime[rows];
    int row = 0;
    for (Kept kept : results) {
      Result result = kept.result();
      for (Long sinkId : kept.sinkIds()) {
        sinks[row] = sinkId;
        invocations[row] = result.invocationId();
        outcomes[row] = result.outcome();
        jsons[row] = result.json();
        ends[row] = result.endedAt().atOffset(ZoneOffset.UTC);
        row++;
      }
    }
    return execute(
        // The lock keeps a sink from going between this look at it and the end of the statement.
        """
        insert into delivery (sink_id, invocation_id, outcome, result, ended_at)
        select s.id, r.invocation_id, r.outcome, r.result, r.ended_at
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
          as r (sink_id, invocation_id, outcome, result, ended_at)
        join sink s on s.id = r.sink_id
        for key share of s
        on conflict (sink_id, invocation_id) do nothing
        """,
        Tuple.tuple()
            .addArrayOfLong(sinks)
            .addArrayOfString(invocations)
            .addArrayOfString(outcomes)
            .addArrayOfString(jsons)
            .addArrayOfOffsetDateTime(ends));
  }

  /**
   * Claims what is due, each sink's first before any sink's second.
   *
   * @param sinks whose deliveries are claimed; absent for all
   * @param rooms how many may be claimed for a sink, where that is not {@code usual}
   * @param room how many may be claimed in all
   * @param bytes how large they may be in all; one of any size goes through
   * @param lease how long no other core takes them
   */
  Future<List<Claimed>> claim(
      Optional<Set<Long>> sinks,
      Map<Long, Integer> rooms,
      int usual,
      int room,
      long bytes,
      Duration lease) {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    """
                    with due as materialized (
                      select d.id, d.sink_id, d.bytes,
                             random() dice,
                             row_number() over (partition by d.sink_id order by d.next_at) turn
                      from sink s
                      left join unnest($2::bigint[], $3::integer[]) as r (sink_id, room)
                        on r.sink_id = s.id
                      cross join lateral (
                        select id, sink_id, next_at, octet_length(result) bytes
                        from delivery
                        where sink_id = s.id and not dead and next_at <= now()
                        order by next_at
                        limit coalesce(r.room, $4::integer)
                        for update skip locked) d
                      where $1::bigint[] is null or s.id = any($1)
                    ), fair as (
                      select id, row_number() over turns place, sum(bytes) over turns - bytes before
                      from due
                      window turns as (order by turn, dice rows unbounded preceding)
                    )
                    update delivery d
                    set attempts = d.attempts + 1, next_at = now() + make_interval(secs => $7::float8)
                    from fair, sink s, function f, module m
                    where fair.place <= $5::integer and fair.before < $6::bigint and d.id = fair.id
                      and s.id = d.sink_id and f.id = s.function_id and m.id = f.module_id
                    returning d.id, d.sink_id, d.attempts, s.type, s.parameters, d.invocation_id,
                      m.name module, f.name function, d.outcome, d.result, d.ended_at
                    """)
                .execute(
                    Tuple.tuple()
                        .addArrayOfLong(sinks.map(ids -> ids.toArray(Long[]::new)).orElse(null))
                        .addArrayOfLong(rooms.keySet().toArray(Long[]::new))
                        .addArrayOfInteger(rooms.values().toArray(Integer[]::new))
                        .addInteger(usual)
                        .addInteger(room)
                        .addLong(bytes)
                        .addDouble(lease.toMillis() / 1_000.0))
                .map(
                    rows -> {
                      List<Claimed> claimed = new ArrayList<>(rows.size());
                      rows.forEach(row -> claimed.add(claimed(row)));
                      return claimed;
                    }));
  }

  private static Claimed claimed(Row row) {
    return new Claimed(
        row.getLong("id"),
        row.getLong("sink_id"),
        row.getInteger("attempts"),
        row.getString("type"),
        row.getString("parameters"),
        new Result(
            row.getString("invocation_id"),
            new FunctionId(row.getString("module"), row.getString("function")),
            row.getString("outcome"),
            row.getString("result"),
            row.getOffsetDateTime("ended_at").toInstant()));
  }

  /** Notes what came of deliveries; what has been claimed anew since stays as it is. */
  Future<Void> settle(List<Settlement> settlements) {
    List<Long> delivered = new ArrayList<>();
    List<Settlement> others = new ArrayList<>();
    for (Settlement settlement : settlements) {
      if (settlement instanceof Settlement.Delivered) {
        delivered.add(settlement.claimed().id());
      } else {
        others.add(settlement);
      }
    }
    Future<Void> deleted =
        delivered.isEmpty()
            ? Future.succeededFuture()
            : execute(
                "delete from delivery where id = any($1)",
                Tuple.tuple().addArrayOfLong(delivered.toArray(Long[]::new)));
    return others.isEmpty() ? deleted : deleted.compose(_ -> update(others));
  }

  private Future<Void> update(List<Settlement> settlements) {
    int count = settlements.size();
    Long[] ids = new Long[count];
    Integer[] attempts = new Integer[count];
    Boolean[] dead = new Boolean[count];
    String[] errors = new String[count];
    Double[] retrySeconds = new Double[count];
    for (int i = 0; i < count; i++) {
      Settlement settlement = settlements.get(i);
      ids[i] = settlement.claimed().id();
      attempts[i] = settlement.claimed().attempt();
      dead[i] = settlement instanceof Settlement.Dead;
      errors[i] =
          switch (settlement) {
            case Settlement.Delivered _ -> "";
            case Settlement.Failed failed -> failed.error();
            case Settlement.Dead given -> given.error();
          };
      retrySeconds[i] =
          settlement instanceof Settlement.Failed failed
              ? failed.retryIn().toMillis() / 1_000.0
              : 0.0;
    }
    return execute(
        """
        update delivery d
        set dead = s.dead, error = s.error, next_at = now() + make_interval(secs => s.retry)
        from unnest($1::bigint[], $2::integer[], $3::boolean[], $4::text[], $5::float8[])
          as s (id, attempts, dead, error, retry)
        where d.id = s.id and d.attempts = s.attempts and not d.dead
        """,
        Tuple.tuple()
            .addArrayOfLong(ids)
            .addArrayOfInteger(attempts)
            .addArrayOfBoolean(dead)
            .addArrayOfString(errors)
            .addArrayOfDouble(retrySeconds));
  }

  /** Of all cores' deliveries, up to {@value #COUNTED} each. */
  Future<Counts> count() {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    """
                    select
                      (select count(*) from (select from delivery where not dead limit $1::bigint) w) waiting,
                      (select count(*) from (select from delivery where dead limit $1::bigint) d) dead
                    """)
                .execute(Tuple.of((long) COUNTED))
                .map(
                    rows -> {
                      Row row = rows.iterator().next();
                      return new Counts(row.getLong("waiting"), row.getLong("dead"));
                    }));
  }

  /** One statement is a transaction of its own. */
  private Future<Void> execute(String sql, Tuple values) {
    return database.read(
        (SqlConnection connection) -> connection.preparedQuery(sql).execute(values).mapEmpty());
  }
}
