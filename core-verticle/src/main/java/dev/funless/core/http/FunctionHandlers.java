package dev.funless.core.http;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogWriter;
import dev.funless.core.catalog.CodeFile;
import dev.funless.core.catalog.CodeStore;
import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.distribute.Distributor;
import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code /v1/fn/:module} and {@code /v1/fn/:module/:function}: functions. */
final class FunctionHandlers {

  private final Catalog catalog;
  private final CodeStore code;
  private final CodeInspector inspector;
  private final Distributor distributor;
  private final Policies policies;
  private final LimitsConfig limits;

  FunctionHandlers(
      Catalog catalog,
      CodeStore code,
      CodeInspector inspector,
      Distributor distributor,
      Policies policies,
      LimitsConfig limits) {
    this.catalog = catalog;
    this.code = code;
    this.inspector = inspector;
    this.distributor = distributor;
    this.policies = policies;
    this.limits = limits;
  }

  void show(RoutingContext request) {
    FunctionId id = Paths.function(request);
    catalog
        .latest()
        .onSuccess(
            latest -> {
              if (latest.function(id).isPresent()) {
                Answers.data(request, 200, Answers.named(id.name()));
              } else {
                Answers.failure(request, CatalogWriter.noSuchFunction(id));
              }
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void create(RoutingContext request) {
    String module = Paths.module(request);
    Upload upload = Upload.of(request, limits);
    FunctionId id = new FunctionId(module, upload.requiredName());
    Path file = upload.requiredCode();
    FunctionMetadata metadata = upload.metadata().orElse(FunctionMetadata.NONE);
    checkScheduling(metadata);

    catalog
        .latest()
        .compose(
            latest -> {
              if (!latest.modules().contains(module)) {
                return Future.failedFuture(CatalogWriter.noSuchModule(module).exception());
              }
              return latest.function(id).isPresent()
                  ? Future.failedFuture(CatalogWriter.functionTaken().exception())
                  : store(file, metadata);
            })
        .compose(stored -> catalog.createFunction(id, stored.sha256(), metadata))
        .compose(function -> distribute(function, upload.waitForWorkers()))
        .onSuccess(unready -> answer(request, 201, id.name(), upload, unready))
        .onFailure(e -> Answers.failure(request, e));
  }

  void update(RoutingContext request) {
    FunctionId id = Paths.function(request);
    Upload upload = Upload.of(request, limits);
    String newName = upload.name().map(NamedBody::name).orElse(id.name());
    upload.metadata().ifPresent(this::checkScheduling);

    catalog
        .find(id)
        .compose(
            known ->
                known
                    .map(function -> upload.metadata().orElse(function.metadata()))
                    .map(metadata -> storeIfSent(upload.code(), metadata))
                    .orElseGet(
                        () -> Future.failedFuture(CatalogWriter.noSuchFunction(id).exception())))
        .compose(
            stored ->
                catalog.updateFunction(
                    id, newName, stored.map(CodeFile::sha256), upload.metadata()))
        .recover(NamedBody::takenIsInvalid)
        .compose(function -> distribute(function, upload.waitForWorkers()))
        .onSuccess(unready -> answer(request, 200, newName, upload, unready))
        .onFailure(e -> Answers.failure(request, e));
  }

  void delete(RoutingContext request) {
    catalog
        .deleteFunction(Paths.function(request))
        .onSuccess(_ -> Answers.none(request))
        .onFailure(e -> Answers.failure(request, e));
  }

  private void checkScheduling(FunctionMetadata metadata) {
    metadata
        .scheduling()
        .ifPresent(
            scheduling -> {
              try {
                policies.parse(scheduling.toString().getBytes(StandardCharsets.UTF_8));
              } catch (InvalidSchedulingException e) {
                throw JsonBody.malformed("metadata: " + e.getMessage());
              }
            });
  }

  private Future<Optional<CodeFile>> storeIfSent(Optional<Path> file, FunctionMetadata metadata) {
    return file.map(path -> store(path, metadata).map(Optional::of))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<CodeFile> store(Path file, FunctionMetadata metadata) {
    return inspector
        .inspect(file, limits.effective(metadata).memoryBytes())
        .compose(inspected -> code.put(inspected).map(inspected));
  }

  /** Gives the names of the workers that are not ready; none where nobody waits for them. */
  private Future<List<String>> distribute(FunctionSpec function, boolean wait) {
    Future<List<String>> unready = distributor.prepare(function);
    return wait ? unready : Future.succeededFuture(List.of());
  }

  private static void answer(
      RoutingContext request, int status, String name, Upload upload, List<String> unready) {
    JsonObject data = Answers.named(name);
    if (!unready.isEmpty()) {
      data.put("workers_not_ready", new JsonArray(unready));
    }
    boolean unconnected = connect(data, "events", upload.events());
    unconnected |= connect(data, "sinks", upload.sinks());
    Answers.data(request, unconnected ? 207 : status, data);
  }

  /** This platform has no type of event or sink yet, so each is told to be of an unknown one. */
  private static boolean connect(JsonObject data, String part, Optional<List<JsonObject>> asked) {
    List<JsonObject> connectors = asked.orElse(List.of());
    if (connectors.isEmpty()) {
      return false;
    }
    JsonArray statuses = new JsonArray();
    for (JsonObject connector : connectors) {
      statuses.add(
          new JsonObject()
              .put("status", "error")
              .put(
                  "message",
                  "There is no type '" + connector.getValue("type") + "' of " + part + "."));
    }
    data.put(part, statuses)
        .put(
            part + "_metadata",
            new JsonObject()
                .put("successful", 0)
                .put("failed", connectors.size())
                .put("total", connectors.size()));
    return true;
  }
}
