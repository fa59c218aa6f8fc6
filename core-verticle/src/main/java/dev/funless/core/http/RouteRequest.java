package dev.funless.core.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as a function gets it: {@code {method, path, params, query, headers, body}}. */
final class RouteRequest {

  private RouteRequest() {}

  /**
   * @param path below {@code /http}
   * @param withAuthorization whether the function may see that header; it may not where it holds a
   *     token of the platform
   */
  static JsonObject json(
      HttpServerRequest request,
      String path,
      Map<String, String> params,
      MultiMap query,
      Buffer body,
      boolean withAuthorization) {
    JsonObject headers = new JsonObject();
    request
        .headers()
        .forEach(
            (name, value) -> {
              String key = name.toLowerCase(Locale.ROOT);
              if (withAuthorization || !key.equals("authorization")) {
                headers.put(
                    key, headers.containsKey(key) ? headers.getString(key) + ", " + value : value);
              }
            });
    JsonObject json =
        new JsonObject()
            .put("method", request.method().name())
            .put("path", path)
            .put("params", new JsonObject(Map.copyOf(params)))
            .put("query", values(query))
            .put("headers", headers);
    text(body)
        .ifPresentOrElse(
            text -> json.put("body", text),
            () -> json.put("body_base64", Base64.getEncoder().encodeToString(body.getBytes())));
    return json;
  }

  /** A text each; a list of texts where a name is given several times. */
  private static JsonObject values(MultiMap query) {
    JsonObject values = new JsonObject();
    for (String name : query.names()) {
      var all = query.getAll(name);
      values.put(name, all.size() == 1 ? all.getFirst() : new JsonArray(all));
    }
    return values;
  }

  private static Optional<String> text(Buffer body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
