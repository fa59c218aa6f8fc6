package dev.funless.core.http;

import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.Names;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * A page of all functions: {@code GET /v1/functions?limit=100&after=module/name}. Where more
 * follow, the header {@code Link} (RFC 8288) has the next page.
 *
 * @param after the last function of the page before
 */
record FunctionPage(int limit, Optional<FunctionId> after) {

  private static final int MAX_LIMIT = 1_000;
  private static final int USUAL_LIMIT = 100;

  static FunctionPage of(RoutingContext request) {
    return new FunctionPage(
        (int) Queries.whole(request, "limit", USUAL_LIMIT, 1, MAX_LIMIT),
        Optional.ofNullable(request.request().getParam("after")).map(FunctionPage::function));
  }

  private static FunctionId function(String text) {
    String[] names = text.split("/", -1);
    if (names.length != 2 || !Names.isValid(names[0]) || !Names.isValid(names[1])) {
      throw JsonBody.malformed("after must be a function, as module/name.");
    }
    return new FunctionId(names[0], names[1]);
  }

  void answer(RoutingContext request, CatalogSnapshot catalog) {
    List<FunctionId> page =
        after
            .map(last -> catalog.functions().tailMap(last).keySet())
            .orElse(catalog.functions().keySet())
            .stream()
            .filter(id -> after.isEmpty() || !id.equals(after.get()))
            .limit(limit + 1L)
            .toList();
    JsonArray data = new JsonArray();
    for (FunctionId id : page.subList(0, Math.min(limit, page.size()))) {
      data.add(Answers.named(id.name()).put("module", id.module()));
    }
    if (page.size() > limit) {
      request
          .response()
          .putHeader(
              "Link",
              "</v1/functions?limit=%d&after=%s>; rel=\"next\""
                  .formatted(limit, page.get(limit - 1)));
    }
    Answers.data(request, 200, data);
  }
}
