package dev.funless.core.http;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogWriter;
import dev.funless.core.catalog.CodeFile;
import dev.funless.core.catalog.CodeStore;
import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.catalog.MetadataJson;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.NewConnectors;
import dev.funless.core.distribute.Distributor;
import dev.funless.core.event.EventState;
import dev.funless.core.event.EventStates;
import dev.funless.core.event.EventType;
import dev.funless.core.event.EventsClosed;
import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.core.sink.ReachedSinks;
import dev.funless.core.sink.SinkType;
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
  private final ConnectorTypes<EventType<?>> eventTypes;
  private final ConnectorTypes<SinkType<?>> sinkTypes;
  private final EventStates eventStates;
  private final EventsClosed eventsClosed;
  private final ReachedSinks reachedSinks;

  FunctionHandlers(
      Catalog catalog,
      CodeStore code,
      CodeInspector inspector,
      Distributor distributor,
      Policies policies,
      LimitsConfig limits,
      ConnectorTypes<EventType<?>> eventTypes,
      ConnectorTypes<SinkType<?>> sinkTypes,
      EventStates eventStates,
      EventsClosed eventsClosed,
      ReachedSinks reachedSinks) {
    this.catalog = catalog;
    this.code = code;
    this.inspector = inspector;
    this.distributor = distributor;
    this.policies = policies;
    this.limits = limits;
    this.eventTypes = eventTypes;
    this.sinkTypes = sinkTypes;
    this.eventStates = eventStates;
    this.eventsClosed = eventsClosed;
    this.reachedSinks = reachedSinks;
  }

  void show(RoutingContext request) {
    FunctionId id = Paths.function(request);
    catalog
        .latest()
        .compose(
            latest -> {
              Optional<FunctionDefinition> function = latest.function(id);
              if (function.isEmpty()) {
                return Future.failedFuture(CatalogWriter.noSuchFunction(id).exception());
              }
              return CodeTag.isUnchanged(request, function.get().spec())
                  ? Future.succeededFuture()
                  : json(function.get()).<Void>map(data -> data(request, data));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  private static Void data(RoutingContext request, JsonObject data) {
    Answers.data(request, 200, data);
    return null;
  }

  private Future<JsonObject> json(FunctionDefinition function) {
    FunctionSpec spec = function.spec();
    Future<List<EventState>> states =
        function.events().isEmpty() ? Future.succeededFuture(List.of()) : eventStates.of(spec.id());
    return states.map(
        now -> {
          JsonObject data =
              Answers.named(spec.id().name())
                  .put("module", spec.id().module())
                  .put("sha256", spec.sha256())
                  .put("bytes", spec.codeBytes())
                  .put("metadata", new JsonObject(MetadataJson.toJson(function.metadata())));
          ShownConnectors.events(data, function.events(), eventTypes, now);
          ShownConnectors.sinks(data, function.sinks(), sinkTypes);
          return data;
        });
  }

  /** All functions, by module and name, in pages. */
  void list(RoutingContext request) {
    FunctionPage page = FunctionPage.of(request);
    catalog
        .latest()
        .onSuccess(latest -> page.answer(request, latest))
        .onFailure(e -> Answers.failure(request, e));
  }

  void create(RoutingContext request) {
    String module = Paths.module(request);
    Upload upload = Upload.of(request, limits);
    FunctionId id = new FunctionId(module, upload.requiredName());
    Path file = upload.requiredCode();
    FunctionMetadata metadata = upload.metadata().orElse(FunctionMetadata.NONE);
    checkScheduling(metadata);
    Connectors events = Connectors.of(eventTypes, upload.events());
    Connectors sinks = Connectors.of(sinkTypes, upload.sinks());

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
        .compose(
            stored ->
                catalog.createFunction(
                    id, stored.sha256(), metadata, Connectors.valid(events, sinks)))
        .onSuccess(_ -> Audit.changed(request, "created the function", id))
        .compose(function -> distribute(function, upload.waitForWorkers()))
        .compose(unready -> answer(request, 201, id, unready, events, sinks))
        .onFailure(e -> Answers.failure(request, e));
  }

  void update(RoutingContext request) {
    FunctionId id = Paths.function(request);
    Upload upload = Upload.of(request, limits);
    String newName = upload.name().map(NamedBody::name).orElse(id.name());
    upload.metadata().ifPresent(this::checkScheduling);
    Connectors events = Connectors.of(eventTypes, upload.events());
    Connectors sinks = Connectors.of(sinkTypes, upload.sinks());

    catalog
        .require(id)
        .map(function -> upload.metadata().orElse(function.metadata()))
        .compose(metadata -> storeIfSent(upload.code(), metadata))
        .compose(
            stored -> {
              NewConnectors connectors = Connectors.valid(events, sinks);
              List<FunctionDefinition> before =
                  connectors.events().isEmpty()
                      ? List.of()
                      : catalog.snapshot().function(id).stream().toList();
              return catalog
                  .updateFunction(
                      id,
                      CodeTag.required(request),
                      newName,
                      stored.map(CodeFile::sha256),
                      upload.metadata(),
                      connectors)
                  .compose(function -> eventsClosed.of(before).map(function));
            })
        .recover(NamedBody::takenIsInvalid)
        .onSuccess(_ -> Audit.changed(request, "updated the function", id))
        .compose(function -> distribute(function, upload.waitForWorkers()))
        .compose(
            unready ->
                answer(request, 200, new FunctionId(id.module(), newName), unready, events, sinks))
        .onFailure(e -> Answers.failure(request, e));
  }

  void delete(RoutingContext request) {
    FunctionId id = Paths.function(request);
    catalog
        .latest()
        .compose(
            latest ->
                catalog
                    .deleteFunction(id, CodeTag.required(request))
                    .compose(_ -> eventsClosed.of(latest.function(id).stream().toList())))
        .onSuccess(
            _ -> {
              Audit.changed(request, "deleted the function", id);
              Answers.none(request);
            })
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

  /** 207 where an event or a sink cannot be used, or does not work by now. */
  private Future<Void> answer(
      RoutingContext request,
      int status,
      FunctionId id,
      List<String> unready,
      Connectors events,
      Connectors sinks) {
    Future<List<EventState>> settled = eventStates.settled(id, events.valid().size());
    Future<List<Optional<String>>> reached = reachedSinks.of(sinks.valid());
    return settled.compose(
        states ->
            reached.map(
                troubles -> {
                  JsonObject data = Answers.named(id.name());
                  if (!unready.isEmpty()) {
                    data.put("workers_not_ready", new JsonArray(unready));
                  }
                  boolean all =
                      events.tell(
                          data, "events", states.stream().map(Connectors::trouble).toList());
                  all &= sinks.tell(data, "sinks", troubles);
                  Answers.data(request, all ? status : 207, data);
                  return null;
                }));
  }
}
