package dev.funless.core.http;

import dev.funless.shared.function.FunctionSpec;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A function's entity tag, which is the hash of its code: {@code ETag}, {@code If-None-Match} and
 * {@code If-Match} of RFC 9110.
 */
final class CodeTag {

  private static final Pattern TAG = Pattern.compile("\\s*\"([0-9a-f]{64})\"\\s*");

  private CodeTag() {}

  /** Sends the tag; and 304, where the caller has that code already. */
  static boolean isUnchanged(RoutingContext request, FunctionSpec function) {
    String tag = "\"" + function.sha256() + "\"";
    request.response().putHeader(HttpHeaders.ETAG, tag);
    String known = request.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    boolean isUnchanged =
        known != null
            && Arrays.stream(known.split(","))
                .map(each -> each.strip().replaceFirst("^W/", ""))
                .anyMatch(each -> each.equals("*") || each.equals(tag));
    if (isUnchanged) {
      request.response().setStatusCode(304).end();
    }
    return isUnchanged;
  }

  /** The hash that the function must have for the request to change it; absent for any. */
  static Optional<String> required(RoutingContext request) {
    String header = request.request().getHeader(HttpHeaders.IF_MATCH);
    if (header == null || header.strip().equals("*")) {
      return Optional.empty();
    }
    var tag = TAG.matcher(header);
    if (!tag.matches()) {
      throw JsonBody.malformed("If-Match must be one ETag of a function, or *.");
    }
    return Optional.of(tag.group(1));
  }
}
