package dev.funless.core.http;

import dev.funless.core.auth.Principal;
import dev.funless.core.catalog.Catalog;
import io.vertx.ext.web.RoutingContext;

/** {@code /v1/admin/subjects}: who may call. */
final class SubjectHandlers {

  private final Catalog catalog;
  private final int maxBodyBytes;

  SubjectHandlers(Catalog catalog, int maxBodyBytes) {
    this.catalog = catalog;
    this.maxBodyBytes = maxBodyBytes;
  }

  void list(RoutingContext request) {
    catalog
        .latest()
        .onSuccess(
            latest ->
                Answers.data(
                    request,
                    200,
                    Answers.named(
                        latest.subjects().values().stream()
                            .map(Principal::name)
                            .sorted()
                            .toList())))
        .onFailure(e -> Answers.failure(request, e));
  }

  void create(RoutingContext request) {
    JsonBody.read(request.request(), maxBodyBytes)
        .map(body -> NamedBody.name(NamedBody.part(JsonBody.object(body), "subject")))
        .compose(
            name ->
                catalog
                    .createSubject(name)
                    .recover(NamedBody::takenIsInvalid)
                    .map(token -> Answers.named(name).put("token", token)))
        .onSuccess(subject -> Answers.data(request, 201, subject))
        .onFailure(e -> Answers.failure(request, e));
  }
}
