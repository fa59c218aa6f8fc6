package dev.funless.core.database;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileSystemException;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections. Every statement has a deadline; a database that cannot be reached is a
 * failure of category UNAVAILABLE. Thread-safe.
 */
public final class Database {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final Pool pool;
  private final Duration patience;

  public Database(Vertx vertx, PgConnectOptions server, DatabaseConfig config) {
    this.patience = config.patience();
    this.pool =
        PgBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(config.connections())
                    .setMaxWaitQueueSize(1_000)
                    .setConnectionTimeout((int) patience.toMillis())
                    .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setIdleTimeout(60))
            .connectingTo(new PgConnectOptions(server).setCachePreparedStatements(true))
            .using(vertx)
            .build();
  }

  /** Runs statements on one connection. */
  public <T> Future<T> read(Function<SqlConnection, Future<T>> statements) {
    return bounded(pool.withConnection(statements));
  }

  /** Runs statements in one transaction, committed where the future succeeds. */
  public <T> Future<T> write(Function<SqlConnection, Future<T>> statements) {
    return bounded(pool.withTransaction(statements));
  }

  /**
   * As {@link #write}, for what takes longer than a statement or two.
   *
   * @param more how much longer than usual it may take
   */
  public <T> Future<T> writeLong(Duration more, Function<SqlConnection, Future<T>> statements) {
    return bounded(pool.withTransaction(statements), patience.plus(more));
  }

  private <T> Future<T> bounded(Future<T> statements) {
    return bounded(statements, patience);
  }

  private static <T> Future<T> bounded(Future<T> statements, Duration patience) {
    return statements
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(asFailure(e)));
  }

  private static Throwable asFailure(Throwable e) {
    if (e instanceof FailureException) {
      return e;
    }
    if (e instanceof PgException sql ? !isOutage(sql) : isDefect(e)) {
      return e;
    }
    log.warn("The database cannot be reached: {}", e.toString());
    return new Failure(
            Category.UNAVAILABLE, "database", "The database cannot be reached; try again later.")
        .exception();
  }

  /** Classes 08 (connection), 53 (out of resources) and 57P (shut down) of SQLSTATE. */
  private static boolean isOutage(PgException e) {
    String state = e.getSqlState() == null ? "" : e.getSqlState();
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }

  /** What goes wrong in the statements' own code says nothing of the database. */
  private static boolean isDefect(Throwable e) {
    return e instanceof NullPointerException
        || e instanceof ClassCastException
        || e instanceof IndexOutOfBoundsException
        || e instanceof IllegalArgumentException
        || e instanceof FileSystemException;
  }

  public Future<Void> close() {
    return pool.close();
  }
}
