package dev.funless.core.http;

import dev.funless.core.catalog.Catalog;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.DecisionList;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** {@code GET /v1/fn/:module/:function/decisions}: why its last invocations ran where they did. */
final class DecisionHandlers {

  private final Catalog catalog;
  private final Function<FunctionId, Future<DecisionList>> decisions;

  /**
   * @param decisions gathers the last decisions of all cores, the oldest first
   */
  DecisionHandlers(Catalog catalog, Function<FunctionId, Future<DecisionList>> decisions) {
    this.catalog = catalog;
    this.decisions = decisions;
  }

  void list(RoutingContext request) {
    FunctionId id = Paths.function(request);
    catalog
        .require(id)
        .compose(_ -> decisions.apply(id))
        .onSuccess(list -> Answers.data(request, 200, json(list.decisions())))
        .onFailure(e -> Answers.failure(request, e));
  }

  static JsonArray json(List<Decision> decisions) {
    JsonArray array = new JsonArray();
    decisions.forEach(decision -> array.add(json(decision)));
    return array;
  }

  private static JsonObject json(Decision decision) {
    JsonArray workers = new JsonArray();
    decision.verdicts().forEach(verdict -> workers.add(json(verdict)));
    return new JsonObject()
        .put("invocation", decision.invocationId())
        .put("time", Instant.ofEpochMilli(decision.epochMillis()).toString())
        .put("core", decision.core())
        .put("scheduling", new JsonObject(decision.scheduling()))
        .put("worker", decision.worker().orElse(null))
        .put("reason", decision.reason())
        .put("workers", workers);
  }

  private static JsonObject json(Decision.Verdict verdict) {
    JsonObject json =
        new JsonObject()
            .put("worker", verdict.worker())
            .put(
                "outcome",
                switch (verdict.outcome()) {
                  case CHOSEN -> "chosen";
                  case PASSED_OVER -> "passed_over";
                  case RULED_OUT -> "ruled_out";
                })
            .put("reason", verdict.reason());
    verdict
        .place()
        .ifPresent(
            place ->
                json.put("tag", place.tag()).put("block", place.block()).put("line", place.line()));
    return json;
  }
}
