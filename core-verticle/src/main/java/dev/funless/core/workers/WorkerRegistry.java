package dev.funless.core.workers;

import dev.funless.core.schedule.WorkerSnapshot;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.WorkerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The workers of the cluster as this core sees them, and what it has sent to each. Confined to the
 * scheduler's event loop.
 *
 * <p>A worker is known from the moment it joins the cluster. One that has reported and then falls
 * silent is passed over until it reports again; one that leaves is forgotten.
 */
public final class WorkerRegistry {

  private final long silenceNanos;
  private final int maxCallsPerWorker;
  private final long maxBytesPerWorker;
  private final Map<String, Worker> workers = new HashMap<>();

  /**
   * @param silence after which a worker is passed over
   * @param maxCallsPerWorker how many calls may be in flight to one worker
   * @param maxBytesPerWorker how many bytes of arguments they may hold together; the bus has no
   *     back-pressure, so what a slow worker does not read piles up in this core's memory
   */
  public WorkerRegistry(Duration silence, int maxCallsPerWorker, long maxBytesPerWorker) {
    this.silenceNanos = silence.toNanos();
    this.maxCallsPerWorker = maxCallsPerWorker;
    this.maxBytesPerWorker = maxBytesPerWorker;
  }

  public void joined(Node node) {
    workers.putIfAbsent(node.id(), new Worker(node));
  }

  public void left(String workerId) {
    workers.remove(workerId);
  }

  /** Takes a report in; false where the worker's list of loaded code has to be asked for. */
  public boolean reported(WorkerReport report, long nowNanos) {
    Worker worker = workers.get(report.workerId());
    if (worker == null) {
      // Reports of a worker that has just left may still arrive.
      return true;
    }
    worker.report(report, nowNanos);
    return worker.knowsAllLoaded();
  }

  /** Takes a change in; false where the worker's whole list has to be asked for. */
  public boolean loadedChanged(LoadedChanged change) {
    Worker worker = workers.get(change.workerId());
    return worker == null || worker.loadedChanged(change);
  }

  public void loaded(String workerId, LoadedList list) {
    Worker worker = workers.get(workerId);
    if (worker != null) {
      worker.loaded(list);
    }
  }

  /** Ids of workers that have been silent for too long. */
  public List<String> silent(long nowNanos) {
    return workers.values().stream()
        .filter(worker -> worker.isSilent(nowNanos, silenceNanos))
        .map(worker -> worker.node().id())
        .toList();
  }

  /**
   * The workers that a call may be sent to now.
   *
   * @param excluded ids of workers that have refused the call already
   */
  public List<WorkerSnapshot> candidates(Set<String> excluded, long messageBytes, long nowNanos) {
    List<WorkerSnapshot> candidates = new ArrayList<>(workers.size());
    for (Worker worker : workers.values()) {
      if (!excluded.contains(worker.node().id())
          && !worker.isSilent(nowNanos, silenceNanos)
          && worker.sent() < maxCallsPerWorker
          && worker.sentBytes() + messageBytes <= maxBytesPerWorker) {
        candidates.add(worker.snapshot());
      }
    }
    return candidates;
  }

  /** Whether there is any worker that is not silent. */
  public boolean anyLive(long nowNanos) {
    return workers.values().stream().anyMatch(worker -> !worker.isSilent(nowNanos, silenceNanos));
  }

  /** Whether any worker that is not silent has reported. */
  public boolean anyReported(long nowNanos) {
    return workers.values().stream()
        .anyMatch(
            worker -> worker.report().isPresent() && !worker.isSilent(nowNanos, silenceNanos));
  }

  /** Notes that a call was sent, until the reservation is released. */
  public Reservation reserve(String workerId, FunctionSpec function, long messageBytes) {
    Worker worker = workers.get(workerId);
    if (worker == null) {
      throw new IllegalArgumentException("no such worker: " + workerId);
    }
    worker.sent(function.footprintBytes(), messageBytes);
    return new Reservation(worker, function.footprintBytes(), messageBytes, worker.reportNumber());
  }

  /** What is shown of the workers, by name; silent ones are left out. */
  public List<WorkerView> views(long nowNanos) {
    return workers.values().stream()
        .filter(worker -> !worker.isSilent(nowNanos, silenceNanos))
        .map(
            worker ->
                new WorkerView(
                    worker.node().id(),
                    worker.node().name(),
                    worker.node().tag(),
                    worker.node().zone(),
                    worker.sent(),
                    worker.report(),
                    worker.snapshot().loaded().size()))
        .sorted(Comparator.comparing(WorkerView::name).thenComparing(WorkerView::id))
        .toList();
  }
}
