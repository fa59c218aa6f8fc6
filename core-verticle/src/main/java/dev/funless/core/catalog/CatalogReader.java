package dev.funless.core.catalog;

import com.fasterxml.jackson.core.JacksonException;
import dev.funless.core.auth.Principal;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
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

  private final Policies policies;
  private final LimitsConfig limits;

  CatalogReader(Policies policies, LimitsConfig limits) {
    this.policies = policies;
    this.limits = limits;
  }

  /** To be called in a transaction: all parts must be of one version. */
  Future<CatalogSnapshot> read(SqlConnection connection) {
    return connection
        .query("set transaction isolation level repeatable read read only")
        .execute()
        .compose(_ -> rows(connection, "select version from catalog"))
        .compose(
            version ->
                rows(connection, "select name from module")
                    .compose(
                        modules ->
                            rows(
                                    connection,
                                    """
                                    select m.name module, f.name, f.sha256, f.metadata,
                                           m.scheduling, c.bytes, c.initial_memory_bytes
                                    from function f
                                    join module m on m.id = f.module_id
                                    join code c on c.sha256 = f.sha256
                                    """)
                                .compose(
                                    functions ->
                                        rows(
                                                connection,
                                                "select name, role, token_sha256 from subject")
                                            .map(
                                                subjects ->
                                                    new CatalogSnapshot(
                                                        version.getFirst().getLong("version"),
                                                        modules(modules),
                                                        functions(functions),
                                                        subjects(subjects))))));
  }

  private static Future<List<Row>> rows(SqlConnection connection, String sql) {
    return connection
        .preparedQuery(sql)
        .execute()
        .map(
            set -> {
              List<Row> rows = new java.util.ArrayList<>(set.size());
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
              Principal.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT))));
    }
    return Map.copyOf(subjects);
  }

  private SortedMap<FunctionId, FunctionDefinition> functions(List<Row> rows) {
    SortedMap<FunctionId, FunctionDefinition> functions = new TreeMap<>();
    for (Row row : rows) {
      FunctionDefinition function = function(row);
      functions.put(function.spec().id(), function);
    }
    return Collections.unmodifiableSortedMap(functions);
  }

  private FunctionDefinition function(Row row) {
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
            metadata.idempotent().orElse(false));
    return new FunctionDefinition(
        spec, metadata, policy(id, metadata, Optional.ofNullable(row.getString("scheduling"))));
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
