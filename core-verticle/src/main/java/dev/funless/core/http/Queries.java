package dev.funless.core.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;

/** Parameters in the query of an address. */
final class Queries {

  private Queries() {}

  /** A whole number between two bounds, both included; {@code fallback} where it is not given. */
  static long whole(RoutingContext request, String parameter, long fallback, long min, long max) {
    List<String> values = values(request, parameter);
    if (values.isEmpty()) {
      return fallback;
    }
    try {
      long value = Long.parseLong(values.getFirst());
      if (values.size() == 1 && value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as every other value that breaks the rule.
    }
    throw JsonBody.malformed(
        parameter
            + " must be given once, as a whole number "
            + (max == Long.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max)
            + ".");
  }

  /** All values of a parameter, in their order. */
  static List<String> values(RoutingContext request, String parameter) {
    if (request.request().query() == null) {
      return List.of();
    }
    try {
      return request.queryParam(parameter);
    } catch (HttpException | IllegalArgumentException e) {
      throw JsonBody.malformed("The query of the address cannot be decoded.");
    }
  }
}
