package dev.funless.core.http;

import dev.funless.core.invoke.WorkersView;
import dev.funless.core.workers.WorkerView;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.metrics.NodeMetrics;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.WorkerReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What a core tells of itself and of the workers. */
final class NodeHandlers {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Bus bus;
  private final NodeMetrics metrics;
  private final BooleanSupplier serves;

  NodeHandlers(Bus bus, NodeMetrics metrics, BooleanSupplier serves) {
    this.bus = bus;
    this.metrics = metrics;
    this.serves = serves;
  }

  void health(RoutingContext request) {
    Answers.data(request, 200, "FunLess JVM");
  }

  void ready(RoutingContext request) {
    if (serves.getAsBoolean()) {
      Answers.data(request, 200, "ready");
    } else {
      Answers.failure(
          request, new Failure(Category.UNAVAILABLE, "not_ready", "This core does not serve now."));
    }
  }

  void prometheus(RoutingContext request) {
    metrics.answer(request.response());
  }

  void workers(RoutingContext request) {
    bus.requestLocal(WorkersView.ADDRESS, new WorkersView.Request(), PATIENCE)
        .onSuccess(
            view -> {
              JsonArray workers = new JsonArray();
              view.workers().forEach(worker -> workers.add(json(worker)));
              Answers.data(request, 200, workers);
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  private static JsonObject json(WorkerView worker) {
    JsonObject json =
        new JsonObject()
            .put("name", worker.name())
            .put("id", worker.id())
            .put("tag", worker.tag())
            .put("zone", worker.zone())
            .put("reported", worker.report().isPresent())
            .put("sent", worker.sent())
            .put("loaded", worker.loadedFunctions());
    worker.report().ifPresent(report -> json.mergeIn(json(report)));
    return json;
  }

  private static JsonObject json(WorkerReport report) {
    WorkerReport.Machine machine = report.machine();
    JsonArray functions = new JsonArray();
    for (WorkerReport.Activity activity : report.activity()) {
      functions.add(
          new JsonObject()
              .put("module", activity.function().module())
              .put("name", activity.function().name())
              .put("running", activity.running())
              .put("queued", activity.queued()));
    }
    return new JsonObject()
        .put(
            "memory",
            new JsonObject()
                .put("total_bytes", report.memoryTotalBytes())
                .put("available_bytes", report.memoryAvailableBytes()))
        .put(
            "machine",
            new JsonObject()
                .put("memory_total_bytes", machine.memoryTotalBytes())
                .put("memory_free_bytes", machine.memoryFreeBytes())
                .put("memory_available_bytes", machine.memoryAvailableBytes())
                .put("cpu", machine.cpu())
                .put(
                    "load",
                    new JsonArray()
                        .add(machine.load1())
                        .add(machine.load5())
                        .add(machine.load15())))
        .put(
            "invocations",
            new JsonObject()
                .put("places", report.places())
                .put("running", report.running())
                .put("waiting", report.waiting())
                .put("queued", report.queued())
                .put("queue_limit", report.queueLimit())
                .put("functions", functions));
  }
}
