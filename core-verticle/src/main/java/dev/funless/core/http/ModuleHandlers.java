package dev.funless.core.http;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.core.catalog.CatalogWriter;
import dev.funless.core.event.EventsClosed;
import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.function.Names;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code /v1/fn} and {@code /v1/fn/:module}: modules. */
final class ModuleHandlers {

  private final Catalog catalog;
  private final Policies policies;
  private final EventsClosed eventsClosed;
  private final int maxBodyBytes;

  ModuleHandlers(Catalog catalog, Policies policies, EventsClosed eventsClosed, int maxBodyBytes) {
    this.catalog = catalog;
    this.policies = policies;
    this.eventsClosed = eventsClosed;
    this.maxBodyBytes = maxBodyBytes;
  }

  void list(RoutingContext request) {
    catalog
        .latest()
        .onSuccess(latest -> Answers.data(request, 200, Answers.named(latest.modules())))
        .onFailure(e -> Answers.failure(request, e));
  }

  void show(RoutingContext request) {
    String module = Paths.module(request);
    catalog
        .latest()
        .onSuccess(latest -> show(request, module, latest))
        .onFailure(e -> Answers.failure(request, e));
  }

  private static void show(RoutingContext request, String module, CatalogSnapshot latest) {
    if (!latest.modules().contains(module)) {
      Answers.failure(request, CatalogWriter.noSuchModule(module));
      return;
    }
    List<String> functions =
        latest.functionsOf(module).stream().map(f -> f.spec().id().name()).toList();
    Answers.data(request, 200, Answers.named(module).put("functions", Answers.named(functions)));
  }

  void create(RoutingContext request) {
    body(request)
        .compose(
            body ->
                catalog
                    .createModule(body.name(), body.scheduling())
                    .recover(NamedBody::takenIsInvalid)
                    .map(body.name()))
        .onSuccess(
            name -> {
              Audit.changed(request, "created the module", name);
              Answers.data(request, 201, Answers.named(name));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void update(RoutingContext request) {
    String module = Paths.module(request);
    body(request)
        .compose(
            body ->
                catalog
                    .updateModule(module, body.name(), body.scheduling())
                    .recover(NamedBody::takenIsInvalid)
                    .map(body.name()))
        .onSuccess(
            name -> {
              Audit.changed(request, "updated the module", module);
              Answers.data(request, 200, Answers.named(name));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void delete(RoutingContext request) {
    String module = Paths.module(request);
    if (module.equals(Names.DEFAULT_MODULE)) {
      Answers.failure(
          request, JsonBody.malformed("The module '_' always exists; it cannot be deleted."));
      return;
    }
    catalog
        .latest()
        .compose(
            latest ->
                catalog
                    .deleteModule(module)
                    .compose(_ -> eventsClosed.of(latest.functionsOf(module))))
        .onSuccess(
            _ -> {
              Audit.changed(request, "deleted the module", module);
              Answers.none(request);
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  private record ModuleBody(String name, Optional<String> scheduling) {}

  private Future<ModuleBody> body(RoutingContext request) {
    return JsonBody.read(request.request(), maxBodyBytes)
        .map(
            body -> {
              JsonObject module = NamedBody.part(JsonBody.object(body), "module");
              return new ModuleBody(NamedBody.name(module), scheduling(module));
            });
  }

  private Optional<String> scheduling(JsonObject module) {
    Object given = module.getValue("scheduling");
    if (given == null) {
      return Optional.empty();
    }
    String json = given instanceof JsonObject object ? object.encode() : "null";
    try {
      policies.parse(json.getBytes(StandardCharsets.UTF_8));
      return Optional.of(json);
    } catch (InvalidSchedulingException e) {
      throw JsonBody.malformed(e.getMessage());
    }
  }
}
