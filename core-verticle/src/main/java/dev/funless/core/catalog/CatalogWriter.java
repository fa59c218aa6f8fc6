package dev.funless.core.catalog;

import dev.funless.core.auth.Principal.Role;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.NewConnectors;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The statements that change the catalogue. Each method is to be called in a transaction that first
 * took the next version, which also puts changes in an order.
 */
public final class CatalogWriter {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private static final Failure CHANGED =
      new Failure(
          Category.PRECONDITION_FAILED,
          "changed",
          "The function has other code than If-Match names; look at it again.");

  /** How many users of a script a failure names. */
  private static final int SHOWN_USERS = 20;

  private CatalogWriter() {}

  static Future<Long> nextVersion(SqlConnection connection) {
    return connection
        .query("update catalog set version = version + 1 returning version")
        .execute()
        .map(rows -> rows.iterator().next().getLong("version"));
  }

  static Future<Void> createSubject(
      SqlConnection connection,
      String name,
      Role role,
      TokenHash token,
      Optional<Instant> expiresAt) {
    return change(
            connection,
            "insert into subject (name, role, token_sha256, expires_at) values ($1, $2, $3, $4)",
            Tuple.of(
                name,
                role.name().toLowerCase(Locale.ROOT),
                Buffer.buffer(token.sha256()),
                expiresAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)))
        .recover(e -> onViolation(e, UNIQUE_VIOLATION, taken("subject")))
        .mapEmpty();
  }

  /** The old token is not good any more, nor is its expiry. */
  static Future<Void> rotateSubject(
      SqlConnection connection, String name, TokenHash token, Optional<Instant> expiresAt) {
    return change(
            connection,
            "update subject set token_sha256 = $2, expires_at = $3 where name = $1",
            Tuple.of(
                name,
                Buffer.buffer(token.sha256()),
                expiresAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)))
        .compose(changed -> requireOne(changed, noSuchSubject(name)));
  }

  static Future<Void> deleteSubject(SqlConnection connection, String name) {
    return change(connection, "delete from subject where name = $1", Tuple.of(name))
        .compose(changed -> requireOne(changed, noSuchSubject(name)));
  }

  static Future<Void> createModule(
      SqlConnection connection, String name, Optional<String> scheduling) {
    return change(
            connection,
            "insert into module (name, scheduling) values ($1, $2)",
            Tuple.of(name, scheduling.orElse(null)))
        .recover(e -> onViolation(e, UNIQUE_VIOLATION, taken("module")))
        .mapEmpty();
  }

  /** An absent scheduling stays as it is. */
  static Future<Void> updateModule(
      SqlConnection connection, String name, String newName, Optional<String> scheduling) {
    return change(
            connection,
            "update module set name = $2, scheduling = coalesce($3, scheduling) where name = $1",
            Tuple.of(name, newName, scheduling.orElse(null)))
        .recover(e -> onViolation(e, UNIQUE_VIOLATION, taken("module")))
        .compose(changed -> requireOne(changed, noSuchModule(name)));
  }

  static Future<Void> deleteModule(SqlConnection connection, String name) {
    return change(connection, "delete from module where name = $1", Tuple.of(name))
        .compose(changed -> requireOne(changed, noSuchModule(name)));
  }

  static Future<Void> createFunction(
      SqlConnection connection, FunctionId id, String sha256, FunctionMetadata metadata) {
    return change(
            connection,
            """
            insert into function (module_id, name, sha256, metadata)
            select id, $2, $3, $4 from module where name = $1
            """,
            Tuple.of(id.module(), id.name(), sha256, MetadataJson.toJson(metadata)))
        .recover(e -> onViolation(e, UNIQUE_VIOLATION, functionTaken()))
        .recover(e -> onViolation(e, FOREIGN_KEY_VIOLATION, codeGone()))
        .compose(changed -> requireOne(changed, noSuchModule(id.module())));
  }

  /** Absent code and metadata stay as they are. */
  static Future<Void> updateFunction(
      SqlConnection connection,
      FunctionId id,
      String newName,
      Optional<String> sha256,
      Optional<FunctionMetadata> metadata) {
    return change(
            connection,
            """
            update function
            set name = $3, sha256 = coalesce($4, sha256), metadata = coalesce($5, metadata)
            where name = $2 and module_id = (select id from module where name = $1)
            """,
            Tuple.of(
                id.module(),
                id.name(),
                newName,
                sha256.orElse(null),
                metadata.map(MetadataJson::toJson).orElse(null)))
        .recover(e -> onViolation(e, UNIQUE_VIOLATION, functionTaken()))
        .recover(e -> onViolation(e, FOREIGN_KEY_VIOLATION, codeGone()))
        .compose(changed -> requireOne(changed, noSuchFunction(id)));
  }

  /** Those that are absent stay as they are; all others are replaced. */
  static Future<Void> replaceConnectors(
      SqlConnection connection, FunctionId id, NewConnectors connectors) {
    return replace(connection, id, "event", connectors.events())
        .compose(_ -> replace(connection, id, "sink", connectors.sinks()));
  }

  private static Future<Void> replace(
      SqlConnection connection,
      FunctionId id,
      String table,
      Optional<List<NewConnector>> connectors) {
    if (connectors.isEmpty()) {
      return Future.succeededFuture();
    }
    String function =
        "(select f.id from function f join module m on m.id = f.module_id"
            + " where m.name = $1 and f.name = $2)";
    Future<?> removed =
        connection
            .preparedQuery("delete from " + table + " where function_id = " + function)
            .execute(Tuple.of(id.module(), id.name()));
    List<Tuple> rows = new ArrayList<>();
    for (NewConnector connector : connectors.get()) {
      rows.add(
          Tuple.of(id.module(), id.name(), rows.size(), connector.type(), connector.parameters()));
    }
    return rows.isEmpty()
        ? removed.mapEmpty()
        : removed.compose(
            _ ->
                connection
                    .preparedQuery(
                        "insert into "
                            + table
                            + " (function_id, position, type, parameters) values ("
                            + function
                            + ", $3, $4, $5)")
                    .executeBatch(rows)
                    .mapEmpty());
  }

  static Future<Void> deleteFunction(SqlConnection connection, FunctionId id) {
    return change(
            connection,
            """
            delete from function
            where name = $2 and module_id = (select id from module where name = $1)
            """,
            Tuple.of(id.module(), id.name()))
        .compose(changed -> requireOne(changed, noSuchFunction(id)));
  }

  static Future<Void> createScript(SqlConnection connection, String name, StoredScript script) {
    return change(
            connection,
            "insert into script (name, source, json) values ($1, $2, $3)",
            Tuple.of(name, script.source(), script.json()))
        .recover(e -> onViolation(e, UNIQUE_VIOLATION, taken("script")))
        .mapEmpty();
  }

  static Future<Void> updateScript(SqlConnection connection, String name, StoredScript script) {
    return change(
            connection,
            "update script set source = $2, json = $3 where name = $1",
            Tuple.of(name, script.source(), script.json()))
        .compose(changed -> requireOne(changed, noSuchScript(name)));
  }

  /** Fails where a function or a module names it. */
  static Future<Void> deleteScript(SqlConnection connection, String name) {
    return usersOf(connection, name)
        .compose(
            users ->
                users.isEmpty()
                    ? change(connection, "delete from script where name = $1", Tuple.of(name))
                    : Future.failedFuture(scriptInUse(name, users).exception()))
        .compose(changed -> requireOne(changed, noSuchScript(name)));
  }

  /** Whose scheduling is by the script: functions, by their own or their module's; and modules. */
  private static Future<List<String>> usersOf(SqlConnection connection, String script) {
    return connection
        .preparedQuery(
            """
            select 'the module ' || name user_of
            from module
            where scheduling::jsonb @> $1::jsonb
            union all
            select m.name || '/' || f.name
            from function f
            join module m on m.id = f.module_id
            where coalesce(f.metadata::jsonb -> 'scheduling', m.scheduling::jsonb) @> $1::jsonb
            order by 1
            """)
        .execute(Tuple.of(new JsonObject().put("language", "app").put("script", script)))
        .map(
            rows -> {
              List<String> users = new ArrayList<>();
              rows.forEach(row -> users.add(row.getString("user_of")));
              return users;
            });
  }

  /** Fails where there is no such script; to be called before something is stored that names it. */
  static Future<Void> requireScript(SqlConnection connection, String name) {
    return connection
        .preparedQuery("select from script where name = $1")
        .execute(Tuple.of(name))
        .compose(rows -> requireOne(rows.size(), noSuchScript(name)));
  }

  /**
   * Fails where there is no such function; to be called before something is stored that names it.
   */
  static Future<Void> requireFunction(SqlConnection connection, FunctionId id) {
    return connection
        .preparedQuery(
            """
            select from function f join module m on m.id = f.module_id
            where m.name = $1 and f.name = $2
            """)
        .execute(Tuple.of(id.module(), id.name()))
        .compose(rows -> requireOne(rows.size(), noSuchFunction(id)));
  }

  /** Fails where the function has other code than is expected; absent expects nothing. */
  static Future<Void> requireCode(
      SqlConnection connection, FunctionId id, Optional<String> sha256) {
    if (sha256.isEmpty()) {
      return Future.succeededFuture();
    }
    return connection
        .preparedQuery(
            """
            select f.sha256 from function f join module m on m.id = f.module_id
            where m.name = $1 and f.name = $2
            """)
        .execute(Tuple.of(id.module(), id.name()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.failedFuture(noSuchFunction(id).exception());
              }
              return rows.iterator().next().getString("sha256").equals(sha256.get())
                  ? Future.succeededFuture()
                  : Future.failedFuture(CHANGED.exception());
            });
  }

  private static Future<Void> requireOne(int changed, Failure missing) {
    return changed == 1 ? Future.succeededFuture() : Future.failedFuture(missing.exception());
  }

  private static Future<Integer> change(SqlConnection connection, String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values).map(rows -> rows.rowCount());
  }

  private static <T> Future<T> onViolation(Throwable e, String sqlState, Failure failure) {
    return Future.failedFuture(
        e instanceof PgException sql && sqlState.equals(sql.getSqlState())
            ? failure.exception()
            : e);
  }

  private static Failure taken(String what) {
    return new Failure(
        Category.CONFLICT, "name_taken", "A " + what + " with that name exists already.");
  }

  /** The failure for a function that exists already. */
  public static Failure functionTaken() {
    return taken("function");
  }

  private static Failure codeGone() {
    return new Failure(
        Category.UNAVAILABLE, "code_gone", "The code was removed meanwhile; send it again.");
  }

  /** The failure for a function that does not exist. */
  public static Failure noSuchFunction(FunctionId id) {
    return new Failure(
        Category.NOT_FOUND,
        "no_such_function",
        "There is no function '" + id.name() + "' in the module '" + id.module() + "'.");
  }

  /** The failure for a subject that does not exist. */
  public static Failure noSuchSubject(String name) {
    return new Failure(
        Category.NOT_FOUND, "no_such_subject", "There is no subject '" + name + "'.");
  }

  /** The failure for a script that does not exist. */
  public static Failure noSuchScript(String name) {
    return new Failure(Category.NOT_FOUND, "no_such_script", "There is no script '" + name + "'.");
  }

  private static Failure scriptInUse(String name, List<String> users) {
    String shown = String.join(", ", users.subList(0, Math.min(users.size(), SHOWN_USERS)));
    String more =
        users.size() > SHOWN_USERS ? " and " + (users.size() - SHOWN_USERS) + " more" : "";
    return new Failure(
        Category.CONFLICT,
        "script_in_use",
        "The script '" + name + "' is in use by " + shown + more + ".");
  }

  /** The failure for a module that does not exist. */
  public static Failure noSuchModule(String name) {
    return new Failure(Category.NOT_FOUND, "no_such_module", "There is no module '" + name + "'.");
  }
}
