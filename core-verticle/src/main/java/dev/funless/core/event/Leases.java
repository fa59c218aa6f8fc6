package dev.funless.core.event;

import dev.funless.core.database.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The leases of events, in PostgreSQL. A lease lasts a few seconds of the database's time. Each new
 * owner gets a higher fence than all before, and whatever it writes counts only under its fence.
 * Thread-safe.
 */
final class Leases {

  static final Duration LEASE = Duration.ofSeconds(5);

  /** How long a free event may be left to cores that have fewer. */
  static final Duration COURTESY = LEASE.multipliedBy(2);

  private static final int MOST_AT_ONCE = 200;

  /**
   * Renews what the core has, and takes what is free: its share, and what nobody has wanted for
   * long. Rows that another core is just taking are passed over. Times are the statement's start,
   * which is after the core has sent it.
   */
  private static final String LOOK =
      """
      with renewed as (
        update event e set lease_until = now() + $4::bigint * interval '1 ms'
        from unnest($2::bigint[], $3::bigint[]) as mine (id, fence)
        where e.id = mine.id and e.fence = mine.fence
        returning e.id
      ), overdue as (
        select id from event
        where type = any($7::text[]) and not id = any($2::bigint[])
          and lease_until < now() - $5::bigint * interval '1 ms'
        order by lease_until limit $8::bigint
        for update skip locked
      ), due as (
        select id from event
        where type = any($7::text[]) and not id = any($2::bigint[]) and lease_until < now()
        order by lease_until
        limit least($8::bigint, greatest(0,
          (select ceil(count(*)::numeric / $6::bigint) from event where type = any($7::text[]))
            - cardinality($2::bigint[]))::bigint)
        for update skip locked
      ), taken as (
        update event e
        set owner = $1, lease_until = now() + $4::bigint * interval '1 ms', fence = e.fence + 1,
          state = 'waiting', detail = ''
        where e.id in (select id from overdue union select id from due)
        returning e.id, e.fence, e.type, e.parameters, e.progress
      )
      select id, fence, type, parameters, progress from taken
      union all
      select id, 0, '', '', '' from renewed
      """;

  /** An event under a fence. */
  record Held(long id, long fence) {}

  /** An event that this core has just become the owner of. */
  record Taken(Held held, String type, String parameters, String progress) {}

  /**
   * What came of a look.
   *
   * @param renewed of those that were held, by id; the others are gone, or another core's
   */
  record Look(Set<Long> renewed, List<Taken> taken) {}

  /** How an event is now. */
  record Told(Held held, String state, String detail) {}

  private final Database database;
  private final String owner;
  private final List<String> types;

  /**
   * @param owner this core
   * @param types names of those that this core knows
   */
  Leases(Database database, String owner, List<String> types) {
    this.database = database;
    this.owner = owner;
    this.types = List.copyOf(types);
  }

  /**
   * @param cores how many share the events
   */
  Future<Look> look(Collection<Held> held, int cores) {
    return execute(
            LOOK,
            Tuple.of(
                owner,
                ids(held),
                fences(held),
                LEASE.toMillis(),
                COURTESY.toMillis(),
                (long) cores,
                types.toArray(String[]::new),
                (long) MOST_AT_ONCE))
        .map(
            rows -> {
              Look look = new Look(new HashSet<>(), new ArrayList<>());
              rows.forEach(row -> add(look, row));
              return look;
            });
  }

  private static void add(Look look, Row row) {
    long id = row.getLong("id");
    long fence = row.getLong("fence");
    if (fence == 0) {
      look.renewed().add(id);
    } else {
      look.taken()
          .add(
              new Taken(
                  new Held(id, fence),
                  row.getString("type"),
                  row.getString("parameters"),
                  row.getString("progress")));
    }
  }

  Future<Void> tell(List<Told> told) {
    List<Held> held = told.stream().map(Told::held).toList();
    return execute(
            """
            update event e set state = told.state, detail = told.detail
            from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])
              as told (id, fence, state, detail)
            where e.id = told.id and e.fence = told.fence
            """,
            Tuple.of(ids(held), fences(held), texts(told, Told::state), texts(told, Told::detail)))
        .mapEmpty();
  }

  /** Whether it was kept: only under the fence that holds. */
  Future<Boolean> progress(Held held, String text) {
    return execute(
            "update event set progress = $3 where id = $1 and fence = $2",
            Tuple.of(held.id(), held.fence(), text))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Others may take them at once. */
  Future<Void> giveUp(Collection<Held> held) {
    return execute(
            """
            update event e set owner = null, lease_until = now(), state = 'waiting', detail = ''
            from unnest($1::bigint[], $2::bigint[]) as mine (id, fence)
            where e.id = mine.id and e.fence = mine.fence
            """,
            Tuple.of(ids(held), (Object) fences(held)))
        .mapEmpty();
  }

  private Future<RowSet<Row>> execute(String sql, Tuple parameters) {
    return database.read(connection -> connection.preparedQuery(sql).execute(parameters));
  }

  private static Long[] ids(Collection<Held> held) {
    return held.stream().map(Held::id).toArray(Long[]::new);
  }

  private static Long[] fences(Collection<Held> held) {
    return held.stream().map(Held::fence).toArray(Long[]::new);
  }

  private static String[] texts(List<Told> told, Function<Told, String> text) {
    return told.stream().map(text).toArray(String[]::new);
  }
}
