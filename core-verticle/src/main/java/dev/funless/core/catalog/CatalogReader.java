package dev.funless.core.catalog;

import com.fasterxml.jackson.core.JacksonException;
import dev.funless.core.auth.Principal;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.app.InvalidScriptException;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the whole catalogue. */
final class CatalogReader {

  private static final Logger log = LoggerFactory.getLogger(CatalogReader.class);

  private final Vertx vertx;
  private final Policies policies;
  private final LimitsConfig limits;

  /** Only saves parsing anew: whichever of two readings at once is the last stays. */
  private volatile SortedMap<String, StoredScript> lastScripts = new TreeMap<>();

  CatalogReader(Vertx vertx, Policies policies, LimitsConfig limits) {
    this.vertx = vertx;
    this.policies = policies;
    this.limits = limits;
  }

  /** To be called in a transaction: all parts must be of one version. */
  Future<CatalogSnapshot> read(SqlConnection connection) {
    return connection
        .query("set transaction isolation level repeatable read read only")
        .execute()
        .compose(_ -> readParts(connection));
  }

  private Future<CatalogSnapshot> readParts(SqlConnection connection) {
    Future<List<Row>> version = rows(connection, "select version from catalog");
    Future<List<Row>> modules = rows(connection, "select name from module");
    Future<List<Row>> functions =
        rows(
            connection,
            """
            select f.id, m.name module, f.name, f.sha256, f.metadata,
                   m.scheduling, c.bytes, c.initial_memory_bytes
            from function f
            join module m on m.id = f.module_id
            join code c on c.sha256 = f.sha256
            """);
    Future<List<Row>> subjects =
        rows(connection, "select name, role, token_sha256, expires_at from subject");
    Future<List<Row>> scripts = rows(connection, "select name, source from script");
    Future<List<Row>> events = rows(connection, connectors("event"));
    Future<List<Row>> sinks = rows(connection, connectors("sink"));
    return Future.all(List.of(version, modules, functions, subjects, scripts, events, sinks))
        .compose(_ -> scripts(scripts.result()))
        .map(
            parsed ->
                new CatalogSnapshot(
                    version.result().getFirst().getLong("version"),
                    modules(modules.result()),
                    functions(
                        functions.result(),
                        byFunction(events.result()),
                        byFunction(sinks.result())),
                    subjects(subjects.result()),
                    parsed));
  }

  private static String connectors(String table) {
    return "select id, function_id, type, parameters from " + table + " order by position";
  }

  private static Map<Long, List<StoredConnector>> byFunction(List<Row> rows) {
    Map<Long, List<StoredConnector>> connectors = new HashMap<>();
    for (Row row : rows) {
      connectors
          .computeIfAbsent(row.getLong("function_id"), _ -> new ArrayList<>())
          .add(
              new StoredConnector(
                  row.getLong("id"), row.getString("type"), row.getString("parameters")));
    }
    return connectors;
  }

  private static Future<List<Row>> rows(SqlConnection connection, String sql) {
    return connection
        .preparedQuery(sql)
        .execute()
        .map(
            set -> {
              List<Row> rows = new ArrayList<>(set.size());
              set.forEach(rows::add);
              return rows;
            });
  }

  private static SortedSet<String> modules(List<Row> rows) {
    SortedSet<String> modules = new TreeSet<>();
    rows.forEach(row -> modules.add(row.getString("name")));
    return Collections.unmodifiableSortedSet(modules);
  }

  private static Map<TokenHash, Principal> subjects(List<Row> rows) {
    Map<TokenHash, Principal> subjects = new HashMap<>();
    for (Row row : rows) {
      subjects.put(
          TokenHash.ofSha256(row.getBuffer("token_sha256").getBytes()),
          new Principal(
              row.getString("name"),
              Principal.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
              Optional.ofNullable(row.getOffsetDateTime("expires_at"))
                  .map(OffsetDateTime::toInstant)));
    }
    return Map.copyOf(subjects);
  }

  /** Parses what is new since the last time, which may take a while, so not on an event loop. */
  private Future<SortedMap<String, StoredScript>> scripts(List<Row> rows) {
    SortedMap<String, StoredScript> known = lastScripts;
    SortedMap<String, String> sources = new TreeMap<>();
    rows.forEach(row -> sources.put(row.getString("name"), row.getString("source")));
    boolean isSame =
        sources.size() == known.size()
            && sources.entrySet().stream().allMatch(e -> isKnown(known, e.getKey(), e.getValue()));
    return isSame
        ? Future.succeededFuture(known)
        : vertx.executeBlocking(() -> parsed(sources, known), false);
  }

  private static boolean isKnown(Map<String, StoredScript> known, String name, String source) {
    StoredScript script = known.get(name);
    return script != null && script.source().equals(source);
  }

  private SortedMap<String, StoredScript> parsed(
      Map<String, String> sources, Map<String, StoredScript> known) {
    SortedMap<String, StoredScript> scripts = new TreeMap<>();
    sources.forEach(
        (name, source) -> {
          if (isKnown(known, name, source)) {
            scripts.put(name, known.get(name));
          } else {
            parsed(name, source).ifPresent(script -> scripts.put(name, script));
          }
        });
    lastScripts = Collections.unmodifiableSortedMap(scripts);
    return lastScripts;
  }

  private static Optional<StoredScript> parsed(String name, String source) {
    try {
      return Optional.of(StoredScript.of(source));
    } catch (InvalidScriptException e) {
      log.warn("The stored script {} cannot be used: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  private SortedMap<FunctionId, FunctionDefinition> functions(
      List<Row> rows,
      Map<Long, List<StoredConnector>> events,
      Map<Long, List<StoredConnector>> sinks) {
    SortedMap<FunctionId, FunctionDefinition> functions = new TreeMap<>();
    for (Row row : rows) {
      long id = row.getLong("id");
      FunctionDefinition function =
          function(row, events.getOrDefault(id, List.of()), sinks.getOrDefault(id, List.of()));
      functions.put(function.spec().id(), function);
    }
    return Collections.unmodifiableSortedMap(functions);
  }

  private FunctionDefinition function(
      Row row, List<StoredConnector> events, List<StoredConnector> sinks) {
    FunctionId id = new FunctionId(row.getString("module"), row.getString("name"));
    FunctionMetadata metadata = metadata(id, row.getString("metadata"));
    FunctionSpec spec =
        new FunctionSpec(
            id,
            row.getString("sha256"),
            row.getLong("bytes"),
            row.getLong("initial_memory_bytes"),
            metadata.tag().orElse(""),
            metadata.capacity().orElse(FunctionMetadata.DEFAULT_CAPACITY) * 1024,
            limits.effective(metadata),
            metadata.allowedHosts().orElse(List.of()),
            metadata.env().orElse(Map.of()),
            metadata.idempotent().orElse(false),
            metadata.services().orElse(List.of()));
    return new FunctionDefinition(
        spec,
        metadata,
        policy(id, metadata, Optional.ofNullable(row.getString("scheduling"))),
        metadata.costExpression(),
        events,
        sinks);
  }

  /** The function's own scheduling goes before its module's. */
  private PolicyConfig policy(
      FunctionId id, FunctionMetadata metadata, Optional<String> moduleScheduling) {
    Optional<String> json = metadata.scheduling().map(Object::toString).or(() -> moduleScheduling);
    if (json.isEmpty()) {
      return Policies.DEFAULT;
    }
    try {
      return policies.parse(json.get().getBytes(StandardCharsets.UTF_8));
    } catch (InvalidSchedulingException e) {
      log.warn("The stored scheduling of {} cannot be used; it gets the default policy", id, e);
      return Policies.DEFAULT;
    }
  }

  private static FunctionMetadata metadata(FunctionId id, String json) {
    try {
      return MetadataJson.stored(json);
    } catch (JacksonException | IllegalArgumentException e) {
      log.warn("The stored metadata of {} cannot be used; it gets the defaults", id, e);
      return FunctionMetadata.NONE;
    }
  }
}
