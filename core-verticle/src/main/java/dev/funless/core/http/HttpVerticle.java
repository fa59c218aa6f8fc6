package dev.funless.core.http;

import static dev.funless.core.auth.Principal.Role.ADMIN;
import static dev.funless.core.auth.Principal.Role.USER;

import dev.funless.core.auth.Principal.Role;
import dev.funless.core.auth.WrongTokens;
import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CodeStore;
import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.distribute.Distributor;
import dev.funless.core.event.EventMetrics;
import dev.funless.core.event.EventStates;
import dev.funless.core.event.EventType;
import dev.funless.core.event.EventsClosed;
import dev.funless.core.event.http.HttpRoutes;
import dev.funless.core.schedule.Policies;
import dev.funless.core.sink.ReachedSinks;
import dev.funless.core.sink.SinkType;
import dev.funless.core.sink.delivery.DeadDeliveries;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.metrics.NodeMetrics;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.DecisionList;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP entrypoint: one instance per event loop, all on one port. */
public final class HttpVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(HttpVerticle.class);

  private static final int MAX_FORM_FIELD_BYTES = 1024 * 1024;
  private static final int IDLE_SECONDS = 120;

  /** From the end of a form until its files are written; only what was buffered is left by then. */
  private static final long FORM_MILLIS = 3_000;

  /** Set on a request whose form was read to its end. */
  private static final String FORM_READ = "form-read";

  /** What the instances of a core share. */
  public record Parts(
      Function<InvokeRequest, Future<InvokeAnswer>> scheduler,
      Function<FunctionId, Future<DecisionList>> decisions,
      Bus bus,
      Catalog catalog,
      CodeStore code,
      Distributor distributor,
      Policies policies,
      LimitsConfig limits,
      ConnectorTypes<EventType<?>> eventTypes,
      ConnectorTypes<SinkType<?>> sinkTypes,
      EventStates eventStates,
      EventsClosed eventsClosed,
      ReachedSinks reachedSinks,
      EventMetrics eventMetrics,
      DeadDeliveries dead,
      Runnable wakeDeliverer,
      NodeMetrics metrics,
      CoreHttpConfig config,
      Path uploads,
      WrongTokens wrongTokens,
      AtomicBoolean serves,
      AtomicInteger uploadsUnderWay,
      AtomicInteger port) {}

  private final Parts parts;

  public HttpVerticle(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost(parts.config().listen().host())
                .setPort(parts.config().listen().port())
                .setHandle100ContinueAutomatically(true)
                .setMaxFormAttributeSize(MAX_FORM_FIELD_BYTES)
                .setIdleTimeout(IDLE_SECONDS))
        .connectionHandler(LineEnds::keepTogether)
        .requestHandler(router())
        .listen()
        .onSuccess(this::listening);
  }

  private void listening(HttpServer server) {
    parts.port().set(server.actualPort());
  }

  private Router router() {
    int maxBody = parts.config().maxBodyBytes();
    NodeHandlers node = new NodeHandlers(parts.bus(), parts.metrics(), parts.serves()::get);
    SubjectHandlers subjects = new SubjectHandlers(parts.catalog(), maxBody);
    ModuleHandlers modules =
        new ModuleHandlers(parts.catalog(), parts.policies(), parts.eventsClosed(), maxBody);
    FunctionHandlers functions =
        new FunctionHandlers(
            parts.catalog(),
            parts.code(),
            new CodeInspector(vertx),
            parts.distributor(),
            parts.policies(),
            parts.limits(),
            parts.eventTypes(),
            parts.sinkTypes(),
            parts.eventStates(),
            parts.eventsClosed(),
            parts.reachedSinks());
    ScriptHandlers scripts = new ScriptHandlers(vertx, parts.catalog());
    DecisionHandlers decisions = new DecisionHandlers(parts.catalog(), parts.decisions());
    DeadHandlers dead =
        new DeadHandlers(parts.catalog(), parts.dead(), parts.wakeDeliverer(), maxBody);
    InvocationHandler invocations = new InvocationHandler(parts.scheduler(), maxBody);

    Router router = Router.router(vertx);
    open(router.get("/v1/"), node::health);
    open(router.get("/v1/ready"), node::ready);
    open(router.get("/metrics"), node::prometheus);
    DocumentHandlers documents = new DocumentHandlers();
    open(router.get("/openapi.yaml"), documents::openApi);
    open(router.get("/docs"), documents::page);
    open(router.get("/docs/:part"), documents::part);
    guarded(router.post("/v1/fn/:module/:function"), USER, invocations::invoke);
    guarded(router.get("/v1/fn"), USER, modules::list);
    guarded(router.post("/v1/fn"), USER, modules::create);
    guarded(router.get("/v1/fn/:module"), USER, modules::show);
    guarded(router.put("/v1/fn/:module"), USER, modules::update);
    guarded(router.delete("/v1/fn/:module"), USER, modules::delete);
    uploading(router, HttpMethod.POST, "/v1/fn/:module", USER, functions::create);
    guarded(router.get("/v1/fn/:module/:function"), USER, functions::show);
    uploading(router, HttpMethod.PUT, "/v1/fn/:module/:function", USER, functions::update);
    guarded(router.delete("/v1/fn/:module/:function"), USER, functions::delete);
    guarded(router.get("/v1/fn/:module/:function/decisions"), USER, decisions::list);
    guarded(router.get("/v1/fn/:module/:function/dead"), USER, dead::list);
    guarded(router.post("/v1/fn/:module/:function/dead/retry"), USER, dead::retry);
    guarded(router.get("/v1/scripts/app"), USER, scripts::list);
    uploading(router, HttpMethod.POST, "/v1/scripts/app", USER, scripts::create);
    guarded(router.get("/v1/scripts/app/:name"), USER, scripts::show);
    uploading(router, HttpMethod.PUT, "/v1/scripts/app/:name", USER, scripts::update);
    guarded(router.delete("/v1/scripts/app/:name"), USER, scripts::delete);
    guarded(router.get("/v1/functions"), USER, functions::list);
    guarded(router.get("/v1/workers"), USER, node::workers);
    guarded(router.get("/v1/admin/subjects"), ADMIN, subjects::list);
    guarded(router.post("/v1/admin/subjects"), ADMIN, subjects::create);
    guarded(router.delete("/v1/admin/subjects/:subject"), ADMIN, subjects::delete);
    guarded(router.post("/v1/admin/subjects/:subject/rotate"), ADMIN, subjects::rotate);
    serveRoutes(router);
    failures(router);
    return router;
  }

  /** Below a path of their own, so that they take nothing from the API. */
  private void serveRoutes(Router router) {
    RouteHandler routes =
        new RouteHandler(
            HttpRoutes.following(parts.catalog()::snapshot, parts.eventTypes()),
            new Access(parts.catalog()::principal, parts.wrongTokens()),
            parts.scheduler(),
            parts.eventMetrics(),
            parts.config().maxBodyBytes());
    open(router.route(RouteHandler.PREFIX + "*"), routes::admit);
    open(router.route(RouteHandler.PREFIX + "*"), routes::invoke);
  }

  private static void open(Route route, Consumer<RoutingContext> handler) {
    route.handler(handler::accept);
  }

  private void guarded(Route route, Role needed, Consumer<RoutingContext> handler) {
    Access access = new Access(parts.catalog()::principal, parts.wrongTokens());
    route.handler(request -> access.require(needed, request)).handler(handler::accept);
  }

  /** The body goes to a file while it arrives, and only for somebody who may send it. */
  private void uploading(
      Router router,
      HttpMethod method,
      String path,
      Role needed,
      Consumer<RoutingContext> handler) {
    // A route takes its body handler first, so what comes before it needs a route of its own.
    guarded(router.route(method, path), needed, this::admitUpload);
    router
        .route(method, path)
        .handler(
            BodyHandler.create(parts.uploads().toString())
                .setBodyLimit(parts.config().maxUploadBytes())
                .setDeleteUploadedFilesOnEnd(true))
        .handler(
            form -> {
              form.put(FORM_READ, true);
              handler.accept(form);
            });
  }

  private void admitUpload(RoutingContext request) {
    Upload.requireForm(request);
    AtomicInteger underWay = parts.uploadsUnderWay();
    if (underWay.incrementAndGet() > parts.config().maxUploads()) {
      underWay.decrementAndGet();
      Answers.failure(
          request,
          new Failure(Category.BUSY, "busy", "Too many uploads are under way; try again later."));
      return;
    }
    request.addEndHandler(
        _ -> {
          underWay.decrementAndGet();
          deleteUploads(request);
        });
    request.request().end().onSuccess(_ -> refuseUnfinished(request));
    request.next();
  }

  /** The body handler deletes only what it has read to the end. */
  private void deleteUploads(RoutingContext request) {
    request.fileUploads().stream()
        .map(FileUpload::uploadedFileName)
        .forEach(
            file ->
                vertx
                    .fileSystem()
                    .delete(file)
                    .onFailure(e -> log.debug("{} is gone already: {}", file, e.toString())));
  }

  /** The body handler waits for ever for the rest of a file whose last boundary is missing. */
  private void refuseUnfinished(RoutingContext request) {
    long timer =
        vertx.setTimer(
            FORM_MILLIS,
            _ -> {
              if (request.get(FORM_READ) == null) {
                Answers.failure(
                    request,
                    JsonBody.malformed("The form is cut off: its last boundary is missing."));
              }
            });
    request.addEndHandler(_ -> vertx.cancelTimer(timer));
  }

  private void failures(Router router) {
    long maxUpload = parts.config().maxUploadBytes();
    router.errorHandler(400, HttpVerticle::malformed);
    router.errorHandler(
        404,
        request ->
            Answers.failure(
                request,
                new Failure(Category.NOT_FOUND, "no_such_path", "There is no such path.")));
    router.errorHandler(
        405,
        request ->
            Answers.failure(
                request,
                new Failure(
                    Category.NOT_FOUND, "no_such_path", "The path does not take this method.")));
    router.errorHandler(413, request -> Answers.failure(request, JsonBody.tooLarge(maxUpload)));
    router.errorHandler(500, HttpVerticle::unexpected);
  }

  private static void malformed(RoutingContext request) {
    // Decoding a form touches no file, so all that can fail so is a field that is too long.
    Answers.failure(
        request,
        request.failure() instanceof IOException
            ? JsonBody.tooLarge(MAX_FORM_FIELD_BYTES)
            : JsonBody.malformed("The request is malformed."));
  }

  private static void unexpected(RoutingContext request) {
    Throwable cause = request.failure();
    if (cause instanceof HttpException || cause == null) {
      Answers.failure(request, JsonBody.malformed("The request is malformed."));
    } else {
      Answers.failure(request, cause);
    }
  }
}
