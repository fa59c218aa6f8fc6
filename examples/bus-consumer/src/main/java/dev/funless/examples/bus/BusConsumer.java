package dev.funless.examples.bus;

import dev.funless.shared.cluster.Cluster;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.config.ClusterConfig;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.config.Settings;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.Names;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.WorkerReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A Vert.x application on the platform's event bus: it listens to the workers' metrics and invokes
 * a function, both through typed records. It needs nothing but {@code shared} on its class path.
 */
public final class BusConsumer {

  private static final Duration PATIENCE = Duration.ofSeconds(70);

  private BusConsumer() {}

  /** Usage: {@code BusConsumer FUNCTION [ARGS]}, such as {@code BusConsumer hello '{}'}. */
  public static void main(String[] args) throws Exception {
    Settings settings = Settings.load(Path.of("config", "application.yaml"), System.getenv());
    ClusterConfig clusterConfig = ClusterConfig.read(settings);
    NodeConfig node = NodeConfig.read(settings, "bus-consumer");
    settings.check();
    FunctionId function = new FunctionId(Names.DEFAULT_MODULE, args.length > 0 ? args[0] : "hello");
    String json = args.length > 1 ? args[1] : "{}";

    Cluster cluster =
        Cluster.join(clusterConfig, Role.APPLICATION, node, Vertx.builder(), new VertxOptions());
    try {
      Bus bus = Bus.of(cluster.vertx());
      WorkerReport report = firstReport(bus).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      System.out.printf(
          "worker %s runs %d calls and has %d of %d bytes available%n",
          report.name(),
          report.running(),
          report.memoryAvailableBytes(),
          report.memoryTotalBytes());

      InvokeAnswer answer =
          bus.request(
                  Addresses.INVOKE,
                  InvokeRequest.of(function, json.getBytes(StandardCharsets.UTF_8)),
                  PATIENCE)
              .await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      System.out.println(told(answer));
    } catch (FailureException e) {
      System.out.println(told(e.failure()));
    } finally {
      cluster.leave().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static Future<WorkerReport> firstReport(Bus bus) {
    Promise<WorkerReport> first = Promise.promise();
    Bus.Registration listening = bus.listen(Addresses.WORKER_REPORTS, first::tryComplete);
    return first.future().eventually(listening::close);
  }

  private static String told(InvokeAnswer answer) {
    return answer
        .failure()
        .map(BusConsumer::told)
        .orElseGet(
            () ->
                "answered by %s: %s"
                    .formatted(answer.worker(), new String(answer.json(), StandardCharsets.UTF_8)));
  }

  private static String told(Failure failure) {
    return "failed with " + failure.code() + ": " + failure.detail();
  }
}
