package dev.funless.worker.latency;

import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.WorkerReport.Latency;
import dev.funless.worker.outbound.Reach;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the services are that functions declare: each is connected to, again and again, by the
 * rules that hold for the functions' own requests. Confined to the event loop that made it; names
 * are resolved and connections made on threads beside it.
 */
public final class Latencies {

  private static final Logger log = LoggerFactory.getLogger(Latencies.class);

  private static final int AT_ONCE = 16;
  private static final long LONGEST_MINUTES = 5;

  private final Vertx vertx;
  private final LatencyConfig config;
  private final Handshakes handshakes;
  private final WorkerExecutor threads;
  private final long timer;

  /** Replaced as a whole where functions change. */
  private Map<Service, Set<String>> urls = Map.of();

  /** Of each of these services. */
  private final Map<Service, Estimate> estimates = new HashMap<>();

  private final Set<Service> underWay = new HashSet<>();

  /**
   * Begins when functions are told.
   *
   * @param reach is closed with this
   */
  public Latencies(Vertx vertx, LatencyConfig config, Reach reach) {
    this.vertx = vertx;
    this.config = config;
    this.handshakes = new Handshakes(reach, config.timeout());
    this.threads =
        vertx.createSharedWorkerExecutor("latency", AT_ONCE, LONGEST_MINUTES, TimeUnit.MINUTES);
    this.timer = vertx.setPeriodic(config.every().toMillis(), _ -> measureAll());
  }

  /** Measures what these functions declare from now on, and nothing else. */
  public void follow(Collection<FunctionSpec> functions) {
    urls = Declared.by(functions, config.services());
    estimates.keySet().retainAll(urls.keySet());
    for (Service service : urls.keySet()) {
      if (estimates.putIfAbsent(service, Estimate.UNKNOWN) == null) {
        measure(service);
      }
    }
  }

  /** What is known, by the URLs as functions declare them. */
  public List<Latency> known() {
    List<Latency> known = new ArrayList<>();
    urls.forEach(
        (service, spellings) ->
            estimates
                .get(service)
                .millis()
                .ifPresent(
                    millis -> spellings.forEach(url -> known.add(new Latency(url, millis)))));
    return known;
  }

  /** One that takes longer than the time between two measurements is not begun twice. */
  private void measureAll() {
    urls.keySet().forEach(this::measure);
  }

  private void measure(Service service) {
    if (underWay.add(service)) {
      threads
          .executeBlocking(() -> handshakes.millis(service), false)
          .onComplete(
              done -> {
                underWay.remove(service);
                estimates.computeIfPresent(service, (_, before) -> after(before, service, done));
              });
    }
  }

  private static Estimate after(Estimate before, Service service, AsyncResult<Double> done) {
    if (done.succeeded()) {
      return before.reached(done.result());
    }
    Estimate after = before.failed();
    if (after.justLost()) {
      log.info("The latency of {} is unknown: {}", service.url(), done.cause().getMessage());
    }
    return after;
  }

  /** Ends all measurements; what is known is forgotten. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    urls = Map.of();
    estimates.clear();
    try {
      handshakes.close();
    } catch (IOException e) {
      log.debug("A connection could not be closed", e);
    }
    return threads.close();
  }
}
