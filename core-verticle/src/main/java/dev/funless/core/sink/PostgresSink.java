package dev.funless.core.sink;

import dev.funless.core.connector.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Inserts a row into a table with the columns {@code invocation_id}, unique, {@code function},
 * {@code outcome}, {@code result} and {@code ended_at}. A row that is there already stays.
 */
final class PostgresSink implements SinkType<PostgresParameters> {

  private static final int CONNECTIONS = 2;
  private static final int WAITING = 100;
  private static final Duration KEEP = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Duration patience;
  private final Idle<PostgresParameters, Pool> pools;

  PostgresSink(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
    this.pools = new Idle<>(vertx, KEEP, this::open, Pool::close);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Class<PostgresParameters> parameters() {
    return PostgresParameters.class;
  }

  @Override
  public Future<Void> deliver(PostgresParameters parameters, Result result) {
    Tuple row =
        Tuple.of(
            result.invocationId(),
            result.function().toString(),
            result.outcome(),
            result.json(),
            result.endedAt().atOffset(ZoneOffset.UTC));
    return run(insert(parameters), parameters, row);
  }

  /**
   * By having the insertion planned: that tells also of a missing table, column, unique index or
   * right, and inserts nothing.
   */
  @Override
  public Future<Void> reach(PostgresParameters parameters) {
    return run("explain " + insert(parameters), parameters, Tuple.of(null, null, null, null, null));
  }

  private Future<Void> run(String sql, PostgresParameters parameters, Tuple row) {
    return pools.use(parameters, pool -> pool.preparedQuery(sql).execute(row)).mapEmpty();
  }

  /** The cast to json lets the column be jsonb, json or text. */
  private static String insert(PostgresParameters parameters) {
    return """
    insert into %s (invocation_id, function, outcome, result, ended_at)
    values ($1::text, $2::text, $3::text, $4::text::json, $5::timestamptz)
    on conflict (invocation_id) do nothing
    """
        .formatted(parameters.quotedTable());
  }

  private Pool open(PostgresParameters parameters) {
    PgConnectOptions server =
        new PgConnectOptions()
            .setHost(parameters.host())
            .setPort(parameters.portOrDefault())
            .setDatabase(parameters.database())
            .setUser(parameters.username())
            .setPassword(parameters.password().map(secret -> secret.value()).orElse(""));
    if (parameters.isTls()) {
      server.setSslMode(SslMode.VERIFY_FULL).setSslOptions(Tls.options(parameters.ca()));
    }
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(CONNECTIONS)
                .setMaxWaitQueueSize(WAITING)
                .setConnectionTimeout((int) patience.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) KEEP.toSeconds()))
        // A connection that is silent for so long, in the middle of a statement too, is closed.
        .with(
            new NetClientOptions()
                .setConnectTimeout((int) patience.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) patience.toMillis()))
        .connectingTo(server)
        .using(vertx)
        .build();
  }
}
