package dev.funless.core.http;

import dev.funless.core.auth.Principal;
import dev.funless.core.catalog.Catalog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

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
        .compose(
            body -> {
              JsonObject subject = NamedBody.part(JsonBody.object(body), "subject");
              String name = NamedBody.name(subject);
              return catalog
                  .createSubject(name, expiry(subject))
                  .recover(NamedBody::takenIsInvalid)
                  .map(token -> Answers.named(name).put("token", token));
            })
        .onSuccess(
            subject -> {
              Audit.changed(request, "created the subject", subject.getString("name"));
              Answers.data(request, 201, subject);
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  /** A new token; the old one is not good any more. */
  void rotate(RoutingContext request) {
    String name = Paths.subject(request);
    JsonBody.read(request.request(), maxBodyBytes)
        .compose(
            body -> {
              JsonObject given = body.length() == 0 ? new JsonObject() : JsonBody.object(body);
              JsonObject subject =
                  given.getValue("subject") == null
                      ? new JsonObject()
                      : NamedBody.part(given, "subject");
              return catalog.rotateSubject(name, expiry(subject));
            })
        .onSuccess(
            token -> {
              Audit.changed(request, "rotated the token of the subject", name);
              Answers.data(request, 200, Answers.named(name).put("token", token));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void delete(RoutingContext request) {
    String name = Paths.subject(request);
    Future<Void> deleted =
        name.equals(Catalog.ADMIN)
            ? Future.failedFuture(
                JsonBody.malformed("The subject 'admin' always exists; its token can be rotated."))
            : catalog.deleteSubject(name);
    deleted
        .onSuccess(
            _ -> {
              Audit.changed(request, "deleted the subject", name);
              Answers.none(request);
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  /** {@code "expires_at": "2027-01-01T00:00:00Z"}, optional; must be in the future. */
  private static Optional<Instant> expiry(JsonObject subject) {
    Object given = subject.getValue("expires_at");
    if (given == null) {
      return Optional.empty();
    }
    try {
      Instant expiry = OffsetDateTime.parse((String) given).toInstant();
      if (expiry.isAfter(Instant.now())) {
        return Optional.of(expiry);
      }
      throw new InvalidField("expires_at", "must be in the future");
    } catch (ClassCastException | DateTimeException e) {
      throw new InvalidField("expires_at", "must be a time such as 2027-01-01T00:00:00Z");
    }
  }
}
