package dev.funless.core.catalog;

import dev.funless.core.auth.Principal;
import dev.funless.core.auth.Principal.Role;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.auth.Tokens;
import dev.funless.core.connector.NewConnectors;
import dev.funless.core.database.Database;
import dev.funless.core.schedule.AppConfig;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.WasmConfig;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.FunctionList;
import dev.funless.shared.protocol.message.FunctionListRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Modules, functions, scripts and subjects: stored in PostgreSQL, read from memory. Thread-safe.
 *
 * <p>What is in memory is one immutable snapshot, replaced as a whole. A change is acknowledged
 * after it was committed and this core's snapshot holds it; other cores and the workers are told,
 * and compare versions once a second for the case that the message is lost.
 */
public final class Catalog {

  /** The subject that is always there. */
  public static final String ADMIN = "admin";

  private final Database database;
  private final Policies policies;
  private final CatalogReader reader;
  private final Consumer<CatalogChanged> announcer;
  private final LongFunction<Future<Void>> everywhere;

  /** Replaced only by a snapshot of a higher version. */
  private final AtomicReference<CatalogSnapshot> snapshot = new AtomicReference<>();

  /**
   * @param announcer tells the cluster of a change of this core's
   * @param everywhere completes when every core that answers knows that version; never fails
   */
  public Catalog(
      Vertx vertx,
      Database database,
      Policies policies,
      LimitsConfig limits,
      Consumer<CatalogChanged> announcer,
      LongFunction<Future<Void>> everywhere) {
    this.database = database;
    this.policies = policies;
    this.reader = new CatalogReader(vertx, policies, limits);
    this.announcer = announcer;
    this.everywhere = everywhere;
  }

  /** What is known now; {@link #refresh()} must have succeeded once before. */
  public CatalogSnapshot snapshot() {
    return snapshot.get();
  }

  public Optional<Principal> principal(TokenHash token) {
    return Optional.ofNullable(snapshot.get().subjects().get(token));
  }

  /** Finds a function; asks the database for news before it says that there is none. */
  public Future<Optional<FunctionDefinition>> find(FunctionId id) {
    Optional<FunctionDefinition> known = snapshot.get().function(id);
    if (known.isPresent()) {
      return Future.succeededFuture(known);
    }
    return refreshIfChanged().map(latest -> latest.function(id));
  }

  /** As {@link #find}; fails where there is no such function. */
  public Future<FunctionDefinition> require(FunctionId id) {
    return find(id).compose(known -> present(known, id));
  }

  private static Future<FunctionDefinition> present(
      Optional<FunctionDefinition> function, FunctionId id) {
    return function
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(CatalogWriter.noSuchFunction(id).exception()));
  }

  /** The latest snapshot; asks the database whether there is news. For listings. */
  public Future<CatalogSnapshot> latest() {
    return refreshIfChanged();
  }

  /** One cheap statement where nothing has changed. */
  public Future<CatalogSnapshot> refreshIfChanged() {
    return database
        .read(
            connection ->
                connection
                    .preparedQuery("select version from catalog")
                    .execute()
                    .map(rows -> rows.iterator().next().getLong("version")))
        .compose(
            version ->
                version == snapshot.get().version()
                    ? Future.succeededFuture(snapshot.get())
                    : refresh());
  }

  /** Reads all anew. */
  public Future<CatalogSnapshot> refresh() {
    return database.write(reader::read).map(this::keepNewer);
  }

  private CatalogSnapshot keepNewer(CatalogSnapshot read) {
    return snapshot.accumulateAndGet(
        read, (known, next) -> known == null || next.version() >= known.version() ? next : known);
  }

  /** Finds a script; asks the database for news before it says that there is none. */
  public Future<Optional<AppScript>> findScript(String name) {
    Optional<AppScript> known = snapshot.get().script(name);
    return known.isPresent()
        ? Future.succeededFuture(known)
        : refreshIfChanged().map(latest -> latest.script(name));
  }

  public Future<Void> createScript(String name, StoredScript script) {
    return change(connection -> CatalogWriter.createScript(connection, name, script));
  }

  public Future<Void> updateScript(String name, StoredScript script) {
    return change(connection -> CatalogWriter.updateScript(connection, name, script));
  }

  /** Fails where it is in use, and says by whom. */
  public Future<Void> deleteScript(String name) {
    return change(connection -> CatalogWriter.deleteScript(connection, name));
  }

  public Future<Void> createModule(String name, Optional<String> scheduling) {
    return change(
        connection ->
            requireNamed(connection, scheduling)
                .compose(_ -> CatalogWriter.createModule(connection, name, scheduling)));
  }

  public Future<Void> updateModule(String name, String newName, Optional<String> scheduling) {
    return change(
        connection ->
            requireNamed(connection, scheduling)
                .compose(_ -> CatalogWriter.updateModule(connection, name, newName, scheduling)));
  }

  /**
   * Nothing is stored that names a script which is not there, or is just being deleted; nor a
   * policy that is no function.
   */
  private Future<Void> requireNamed(SqlConnection connection, Optional<String> scheduling) {
    return switch (scheduling.flatMap(policies::known).orElse(Policies.DEFAULT)) {
      case AppConfig app -> CatalogWriter.requireScript(connection, app.script());
      case WasmConfig wasm -> CatalogWriter.requireFunction(connection, wasm.id());
      default -> Future.succeededFuture();
    };
  }

  public Future<Void> deleteModule(String name) {
    return change(connection -> CatalogWriter.deleteModule(connection, name));
  }

  /** As below, without events and sinks. */
  public Future<FunctionSpec> createFunction(
      FunctionId id, String sha256, FunctionMetadata metadata) {
    return createFunction(id, sha256, metadata, NewConnectors.NONE);
  }

  /** The code must be stored before. */
  public Future<FunctionSpec> createFunction(
      FunctionId id, String sha256, FunctionMetadata metadata, NewConnectors connectors) {
    return change(
            connection ->
                requireNamed(connection, metadata.scheduling().map(Object::toString))
                    .compose(_ -> CatalogWriter.createFunction(connection, id, sha256, metadata))
                    .compose(_ -> CatalogWriter.replaceConnectors(connection, id, connectors)))
        .compose(_ -> spec(id));
  }

  /**
   * What is absent stays as it is.
   *
   * @param oldSha256 of the code that it must have; absent for any
   */
  public Future<FunctionSpec> updateFunction(
      FunctionId id,
      Optional<String> oldSha256,
      String newName,
      Optional<String> sha256,
      Optional<FunctionMetadata> metadata,
      NewConnectors connectors) {
    return change(
            connection ->
                requireNamed(
                        connection,
                        metadata.flatMap(FunctionMetadata::scheduling).map(Object::toString))
                    .compose(_ -> CatalogWriter.requireCode(connection, id, oldSha256))
                    .compose(_ -> CatalogWriter.replaceConnectors(connection, id, connectors))
                    .compose(
                        _ ->
                            CatalogWriter.updateFunction(
                                connection, id, newName, sha256, metadata)))
        .compose(_ -> spec(new FunctionId(id.module(), newName)));
  }

  /** Fails where somebody has removed the function right after the change. */
  private Future<FunctionSpec> spec(FunctionId id) {
    return present(snapshot.get().function(id), id).map(FunctionDefinition::spec);
  }

  /**
   * @param sha256 of the code that it must have; absent for any
   */
  public Future<Void> deleteFunction(FunctionId id, Optional<String> sha256) {
    return change(
        connection ->
            CatalogWriter.requireCode(connection, id, sha256)
                .compose(_ -> CatalogWriter.deleteFunction(connection, id)));
  }

  /** Gives the new subject's token, which cannot be had again. */
  public Future<String> createSubject(String name, Optional<Instant> expiresAt) {
    String token = Tokens.generate();
    return change(
            connection ->
                CatalogWriter.createSubject(
                    connection, name, Role.USER, TokenHash.of(token), expiresAt))
        .map(token);
  }

  /** Gives the subject's new token; the old one is not good any more, on any core that answers. */
  public Future<String> rotateSubject(String name, Optional<Instant> expiresAt) {
    String token = Tokens.generate();
    return change(
            connection ->
                CatalogWriter.rotateSubject(connection, name, TokenHash.of(token), expiresAt))
        .compose(_ -> everywhere.apply(snapshot.get().version()))
        .map(token);
  }

  /** The subject's token is not good any more, on any core that answers. */
  public Future<Void> deleteSubject(String name) {
    return change(connection -> CatalogWriter.deleteSubject(connection, name))
        .compose(_ -> everywhere.apply(snapshot.get().version()));
  }

  /**
   * Creates {@code admin} and {@code guest} where there is no subject yet.
   *
   * @param keep keeps the two tokens, admin's first, before they are committed; may block
   * @return whether they were created now
   */
  public Future<Boolean> createFirstSubjects(BiFunction<String, String, Future<Void>> keep) {
    return database.write(
        connection ->
            CatalogWriter.nextVersion(connection)
                .compose(_ -> connection.preparedQuery("select count(*) n from subject").execute())
                .compose(
                    rows ->
                        rows.iterator().next().getLong("n") > 0
                            ? Future.succeededFuture(false)
                            : createFirstSubjects(connection, keep).map(true)));
  }

  private static Future<Void> createFirstSubjects(
      SqlConnection connection, BiFunction<String, String, Future<Void>> keep) {
    String admin = Tokens.generate();
    String guest = Tokens.generate();
    return CatalogWriter.createSubject(
            connection, ADMIN, Role.ADMIN, TokenHash.of(admin), Optional.empty())
        .compose(
            _ ->
                CatalogWriter.createSubject(
                    connection, "guest", Role.USER, TokenHash.of(guest), Optional.empty()))
        .compose(_ -> keep.apply(admin, guest));
  }

  /** Commits a change, takes it into this core's snapshot, and tells the cluster. */
  private Future<Void> change(Function<SqlConnection, Future<Void>> statements) {
    CatalogSnapshot before = snapshot.get();
    return database
        .write(
            connection ->
                CatalogWriter.nextVersion(connection).compose(_ -> statements.apply(connection)))
        .compose(_ -> refresh())
        .map(
            after -> {
              announcer.accept(difference(before, after));
              return null;
            });
  }

  /** What listeners who are at the version before need to be told. */
  private static CatalogChanged difference(CatalogSnapshot before, CatalogSnapshot after) {
    List<FunctionSpec> changed = new ArrayList<>();
    after
        .functions()
        .forEach(
            (id, function) -> {
              FunctionDefinition old = before.functions().get(id);
              if (old == null || !old.spec().equals(function.spec())) {
                changed.add(function.spec());
              }
            });
    List<FunctionId> removed =
        before.functions().keySet().stream()
            .filter(id -> !after.functions().containsKey(id))
            .toList();
    return new CatalogChanged(before.version(), after.version(), changed, removed);
  }

  /** A page of the functions, for workers. */
  public FunctionList page(FunctionListRequest request) {
    CatalogSnapshot now = snapshot.get();
    return new FunctionList(
        now.version(),
        now.functions().values().stream()
            .skip(Math.max(0, request.offset()))
            .limit(FunctionListRequest.PAGE)
            .map(FunctionDefinition::spec)
            .toList());
  }
}
