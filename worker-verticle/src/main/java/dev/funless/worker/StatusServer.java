package dev.funless.worker;

import dev.funless.shared.config.HttpConfig;
import dev.funless.shared.metrics.NodeMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.function.BooleanSupplier;

/** Tells Prometheus and whoever starts workers how this one is. */
final class StatusServer {

  private StatusServer() {}

  static Future<HttpServer> listen(
      Vertx vertx, HttpConfig config, NodeMetrics metrics, BooleanSupplier serves) {
    Router router = Router.router(vertx);
    router
        .get("/v1/ready")
        .handler(
            request ->
                request
                    .response()
                    .setStatusCode(serves.getAsBoolean() ? 200 : 503)
                    .putHeader("Content-Type", "application/json")
                    .end(
                        serves.getAsBoolean()
                            ? "{\"data\":\"ready\"}"
                            : "{\"errors\":{\"detail\":\"This worker does not serve now.\"}}"));
    router.get("/metrics").handler(request -> metrics.answer(request.response()));
    return vertx.createHttpServer().requestHandler(router).listen(config.port(), config.host());
  }
}
