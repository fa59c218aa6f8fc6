package dev.funless.core.http;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.sink.delivery.DeadDeliveries;
import dev.funless.core.sink.delivery.DeadDelivery;
import dev.funless.shared.function.FunctionId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /v1/fn/:module/:function/dead}: results that sinks did not take. */
final class DeadHandlers {

  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_IDS = 10_000;

  private final Catalog catalog;
  private final DeadDeliveries dead;
  private final Runnable wake;
  private final int maxBodyBytes;

  /**
   * @param wake tells the deliverer that something is due
   */
  DeadHandlers(Catalog catalog, DeadDeliveries dead, Runnable wake, int maxBodyBytes) {
    this.catalog = catalog;
    this.dead = dead;
    this.wake = wake;
    this.maxBodyBytes = maxBodyBytes;
  }

  void list(RoutingContext request) {
    FunctionId id = Paths.function(request);
    int limit = (int) Queries.whole(request, "limit", LIMIT, 1, MAX_LIMIT);
    long after = Queries.whole(request, "after", 0, 0, Long.MAX_VALUE);
    catalog
        .require(id)
        .compose(_ -> dead.of(id, after, limit))
        .onSuccess(dead -> Answers.data(request, 200, json(dead)))
        .onFailure(e -> Answers.failure(request, e));
  }

  /** All, or those that the body names. */
  void retry(RoutingContext request) {
    FunctionId id = Paths.function(request);
    JsonBody.read(request.request(), maxBodyBytes)
        .compose(
            body -> {
              Optional<List<Long>> ids = ids(body);
              return catalog.require(id).compose(_ -> dead.retry(id, ids));
            })
        .onSuccess(
            count -> {
              wake.run();
              Answers.data(request, 202, new JsonObject().put("retried", count));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  private static Optional<List<Long>> ids(Buffer body) {
    if (body.length() == 0) {
      return Optional.empty();
    }
    Object sent = JsonBody.object(body).getValue("ids");
    if (sent == null) {
      return Optional.empty();
    }
    if (!(sent instanceof JsonArray array) || array.size() > MAX_IDS) {
      throw noIds();
    }
    List<Long> ids = new ArrayList<>(array.size());
    for (Object id : array) {
      if (!(id instanceof Integer || id instanceof Long)) {
        throw noIds();
      }
      ids.add(((Number) id).longValue());
    }
    return Optional.of(ids);
  }

  private static RuntimeException noIds() {
    return JsonBody.malformed(
        "'ids' must be a list of at most " + MAX_IDS + " whole numbers, or be left out for all.");
  }

  private static JsonArray json(List<DeadDelivery> dead) {
    JsonArray list = new JsonArray();
    for (DeadDelivery delivery : dead) {
      list.add(
          new JsonObject()
              .put("id", delivery.id())
              .put(
                  "sink",
                  new JsonObject()
                      .put("position", delivery.sinkPosition())
                      .put("type", delivery.sinkType()))
              .put("invocation", delivery.invocationId())
              .put("outcome", delivery.outcome())
              .put("tries", delivery.tries())
              .put("error", delivery.error())
              .put("time", delivery.endedAt().toString()));
    }
    return list;
  }
}
