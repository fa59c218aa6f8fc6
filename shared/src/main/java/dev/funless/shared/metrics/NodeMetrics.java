package dev.funless.shared.metrics;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Set;

/**
 * The meters of a node, shown to Prometheus. Thread-safe.
 *
 * @param registry where everything on this node counts
 */
public record NodeMetrics(PrometheusMeterRegistry registry) {

  /** Functions beyond this many share no meter of their own: their calls are not counted apart. */
  private static final int MAX_FUNCTIONS = 1_000;

  public static NodeMetrics create(String node) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags("node", node);
    registry
        .config()
        .meterFilter(
            MeterFilter.maximumAllowableTags(
                "funless", "function", MAX_FUNCTIONS, MeterFilter.deny()));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return new NodeMetrics(registry);
  }

  /** Answers Prometheus. */
  public void answer(HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .end(registry.scrape());
  }

  /** The options that let Vert.x count here too. */
  public VertxOptions vertxOptions() {
    return new VertxOptions().setMetricsOptions(options());
  }

  public MicrometerMetricsFactory factory() {
    return new MicrometerMetricsFactory(registry);
  }

  private static MicrometerMetricsOptions options() {
    return new MicrometerMetricsOptions()
        .setEnabled(true)
        .setLabels(Set.of(Label.POOL_TYPE, Label.POOL_NAME))
        // What is on the way of every message and request costs more than it tells: the platform
        // counts invocations itself.
        .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
        .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
        // Here every address that a guest calls would become a label.
        .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
        .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
        .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
        // Its gauges of the SQL client collide between event loops.
        .addDisabledMetricsCategory("sql")
        .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET);
  }
}
