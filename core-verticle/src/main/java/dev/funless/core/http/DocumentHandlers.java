package dev.funless.core.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * {@code /openapi.yaml}, and {@code /docs}, a page that renders it. All is packaged with the core;
 * the page loads nothing from elsewhere.
 */
final class DocumentHandlers {

  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.17.14/";

  private static final Resource PAGE = resource("/api/docs.html", "text/html; charset=utf-8");
  private static final Resource DOCUMENT = resource("/api/openapi.yaml", "application/yaml");

  private static final Map<String, Resource> PARTS =
      Map.of(
          "page.js", resource("/api/page.js", "text/javascript"),
          "swagger-ui.css", resource(SWAGGER + "swagger-ui.css", "text/css"),
          "swagger-ui-bundle.js", resource(SWAGGER + "swagger-ui-bundle.js", "text/javascript"));

  private record Resource(Buffer content, String type) {}

  void openApi(RoutingContext request) {
    send(request, DOCUMENT);
  }

  void page(RoutingContext request) {
    request
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:");
    send(request, PAGE);
  }

  void part(RoutingContext request) {
    Resource part = PARTS.get(request.pathParam("part"));
    if (part == null) {
      request.fail(404);
    } else {
      send(request, part);
    }
  }

  private static void send(RoutingContext request, Resource resource) {
    request.response().putHeader("Content-Type", resource.type()).end(resource.content());
  }

  private static Resource resource(String name, String type) {
    try (InputStream in = DocumentHandlers.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not packaged");
      }
      return new Resource(Buffer.buffer(in.readAllBytes()), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
