package dev.funless.core.http;

import dev.funless.core.auth.Principal.Role;
import dev.funless.core.event.EventMetrics;
import dev.funless.core.event.http.HttpRoutes;
import dev.funless.core.event.http.HttpRoutes.Found;
import dev.funless.core.event.http.HttpRoutes.Route;
import dev.funless.core.event.http.HttpType;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code /http/…}: the functions' own routes. */
final class RouteHandler {

  static final String PREFIX = "/http/";

  /** What was found for a request. */
  private static final String SERVED = "served-route";

  private static final CharSequence INVOCATION = HttpHeaders.createOptimized("Funless-Invocation");
  private static final Failure NOBODY =
      new Failure(Category.NOT_FOUND, "no_such_path", "There is no such path.");
  private static final Failure OTHER_METHOD =
      new Failure(Category.NOT_FOUND, "no_such_path", "The path does not take this method.");

  private final Supplier<HttpRoutes> routes;
  private final Access access;
  private final Function<InvokeRequest, Future<InvokeAnswer>> scheduler;
  private final EventMetrics metrics;
  private final int maxBodyBytes;

  RouteHandler(
      Supplier<HttpRoutes> routes,
      Access access,
      Function<InvokeRequest, Future<InvokeAnswer>> scheduler,
      EventMetrics metrics,
      int maxBodyBytes) {
    this.routes = routes;
    this.access = access;
    this.scheduler = scheduler;
    this.metrics = metrics;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Lets through what is a function's, from who may. */
  void admit(RoutingContext request) {
    switch (routes.get().find(request.request().method().name(), segments(path(request)))) {
      case Found.Nobody() -> Answers.failure(request, NOBODY);
      case Found.OtherMethod() -> Answers.failure(request, OTHER_METHOD);
      case Found.Served served -> {
        request.put(SERVED, served);
        if (served.route().isPublic()) {
          request.next();
        } else {
          access.require(Role.USER, request);
        }
      }
    }
  }

  private static String path(RoutingContext request) {
    return "/" + request.normalizedPath().substring(PREFIX.length());
  }

  void invoke(RoutingContext request) {
    Found.Served served = request.get(SERVED);
    Route route = served.route();
    MultiMap query = queryOf(request);
    JsonBody.read(request.request(), maxBodyBytes)
        .onFailure(_ -> metrics.refused(HttpType.NAME))
        .compose(
            body -> {
              JsonObject args =
                  RouteRequest.json(
                      request.request(),
                      path(request),
                      served.params(),
                      query,
                      body,
                      route.isPublic());
              metrics.invoked(HttpType.NAME);
              return scheduler.apply(
                  InvokeRequest.of(route.function(), args.toBuffer().getBytes()));
            })
        .onSuccess(answer -> answer(request, answer))
        .onFailure(e -> Answers.failure(request, e));
  }

  private static io.vertx.core.MultiMap queryOf(RoutingContext request) {
    try {
      return request.queryParams();
    } catch (HttpException | IllegalArgumentException e) {
      throw JsonBody.malformed("The query of the address cannot be decoded.");
    }
  }

  private static List<String> segments(String path) {
    try {
      return path.equals("/")
          ? List.of()
          : Stream.of(path.substring(1).split("/", -1)).map(RouteHandler::decoded).toList();
    } catch (IllegalArgumentException e) {
      throw JsonBody.malformed("The path cannot be decoded.");
    }
  }

  /** A plus sign is one in a path. */
  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static void answer(RoutingContext request, InvokeAnswer answer) {
    request.response().putHeader(INVOCATION, answer.invocationId());
    if (answer.failure().isPresent()) {
      Answers.failure(request, answer.failure().get());
      return;
    }
    RouteAnswer function;
    try {
      function = RouteAnswer.of(answer.json());
    } catch (dev.funless.shared.failure.FailureException e) {
      Answers.failure(request, e);
      return;
    }
    send(request, function);
  }

  private static void send(RoutingContext request, RouteAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    if (answer.hasBody()) {
      response.end(answer.body());
    } else {
      response.end();
    }
  }
}
