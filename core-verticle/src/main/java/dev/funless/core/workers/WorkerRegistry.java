package dev.funless.core.workers;

import dev.funless.core.schedule.Explanation;
import dev.funless.core.schedule.Worker;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.WorkerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The workers of the cluster as this core sees them, and what it has sent to each. Confined to the
 * scheduler's event loop.
 *
 * <p>A worker is known from the moment it joins the cluster. One that has reported and then falls
 * silent is passed over until it reports again; one that leaves is forgotten.
 */
public final class WorkerRegistry {

  private static final Comparator<KnownWorker> BY_NAME =
      Comparator.comparing(KnownWorker::name).thenComparing(KnownWorker::id);

  private final String coreId;
  private final long silenceNanos;
  private final int maxCallsPerWorker;
  private final long maxBytesPerWorker;
  private final SharedTexts texts = new SharedTexts();
  private final Map<String, KnownWorker> workers = new HashMap<>();

  /** The same, by name and then by id. */
  private final List<KnownWorker> byName = new ArrayList<>();

  /** The cores that are there, by id: one that is started again may come before it has left. */
  private final Map<String, Node> cores = new LinkedHashMap<>();

  /** Used anew for each decision, so that it costs no memory that grows with the workers. */
  private final List<Worker> candidates = new ArrayList<>();

  /**
   * @param coreId of the core that this is
   * @param silence after which a worker is passed over
   * @param maxCallsPerWorker how many calls may be in flight to one worker
   * @param maxBytesPerWorker how many bytes of arguments they may hold together; the bus has no
   *     back-pressure, so what a slow worker does not read piles up in this core's memory
   */
  public WorkerRegistry(
      String coreId, Duration silence, int maxCallsPerWorker, long maxBytesPerWorker) {
    this.coreId = coreId;
    this.silenceNanos = silence.toNanos();
    this.maxCallsPerWorker = maxCallsPerWorker;
    this.maxBytesPerWorker = maxBytesPerWorker;
  }

  /** Takes in a worker, or the zone of a core. A node may be told twice. */
  public void joined(Node node) {
    switch (node.role()) {
      case CORE -> cores.put(node.id(), node);
      case WORKER -> {
        KnownWorker worker = new KnownWorker(coreId, texts, node);
        if (workers.putIfAbsent(node.id(), worker) == null) {
          byName.add(worker);
          byName.sort(BY_NAME);
        }
      }
      case APPLICATION -> {}
    }
  }

  public void left(Node node) {
    switch (node.role()) {
      case CORE -> cores.remove(node.id());
      case WORKER -> {
        if (workers.remove(node.id()) != null) {
          byName.removeIf(worker -> worker.id().equals(node.id()));
        }
      }
      case APPLICATION -> {}
    }
  }

  /** The zone of a core that is there, an empty text where it has none; of namesakes the latest. */
  public Optional<String> zoneOfCore(String name) {
    Optional<String> zone = Optional.empty();
    for (Node core : cores.values()) {
      if (core.name().equals(name)) {
        zone = Optional.of(core.zone());
      }
    }
    return zone;
  }

  /** Takes a report in; false where the worker's list of loaded code has to be asked for. */
  public boolean reported(WorkerReport report, long nowNanos) {
    KnownWorker worker = workers.get(report.workerId());
    if (worker == null) {
      // Reports of a worker that has just left may still arrive.
      return true;
    }
    worker.report(report, nowNanos);
    return worker.knowsAllLoaded();
  }

  /** Takes a change in; false where the worker's whole list has to be asked for. */
  public boolean loadedChanged(LoadedChanged change) {
    KnownWorker worker = workers.get(change.workerId());
    return worker == null || worker.loadedChanged(change);
  }

  public void loaded(String workerId, LoadedList list) {
    KnownWorker worker = workers.get(workerId);
    if (worker != null) {
      worker.loaded(list);
    }
  }

  /** Ids of workers that have been silent for too long. */
  public List<String> silent(long nowNanos) {
    return workers.values().stream()
        .filter(worker -> worker.isSilent(nowNanos, silenceNanos))
        .map(worker -> worker.id())
        .toList();
  }

  /**
   * The workers that a call may be sent to now, by name. One list for all decisions: it holds until
   * the next one is asked for.
   *
   * @param excluded ids of workers that have refused the call already
   * @param explanation is told who is left out, where it is wanted
   */
  public List<Worker> candidates(
      Set<String> excluded, long messageBytes, long nowNanos, Explanation explanation) {
    candidates.clear();
    for (KnownWorker worker : byName) {
      if (!excluded.contains(worker.id())
          && !worker.isSilent(nowNanos, silenceNanos)
          && worker.sent() < maxCallsPerWorker
          && worker.sentBytes() + messageBytes <= maxBytesPerWorker) {
        candidates.add(worker);
      } else if (explanation.wanted()) {
        explanation.add(worker.name(), Outcome.RULED_OUT, whyLeftOut(worker, excluded, nowNanos));
      }
    }
    return candidates;
  }

  private String whyLeftOut(KnownWorker worker, Set<String> excluded, long nowNanos) {
    if (excluded.contains(worker.id())) {
      return "has refused the call, or was lost before it had started it";
    }
    if (worker.isSilent(nowNanos, silenceNanos)) {
      return "has fallen silent";
    }
    return "has as many calls, or bytes of arguments, from this core as it may have";
  }

  /** Calls of the function that other cores have under way, as of the workers' last reports. */
  public int othersCalls(FunctionId function) {
    int calls = 0;
    for (KnownWorker worker : byName) {
      calls += worker.othersCalls(function);
    }
    return calls;
  }

  /** Whether there is any worker that is not silent. */
  public boolean anyLive(long nowNanos) {
    for (KnownWorker worker : byName) {
      if (!worker.isSilent(nowNanos, silenceNanos)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any worker that is not silent has reported. */
  public boolean anyReported(long nowNanos) {
    for (KnownWorker worker : byName) {
      if (worker.report().isPresent() && !worker.isSilent(nowNanos, silenceNanos)) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a call was sent, until the reservation is released. */
  public Reservation reserve(String workerId, FunctionSpec function, long messageBytes) {
    KnownWorker worker = workers.get(workerId);
    if (worker == null) {
      throw new IllegalArgumentException("no such worker: " + workerId);
    }
    worker.sent(function, messageBytes);
    return new Reservation(worker, function, messageBytes, worker.reportNumber());
  }

  /** What is shown of the workers, by name; silent ones are left out. */
  public List<WorkerView> views(long nowNanos) {
    return byName.stream()
        .filter(worker -> !worker.isSilent(nowNanos, silenceNanos))
        .map(
            worker ->
                new WorkerView(
                    worker.id(),
                    worker.name(),
                    worker.tag(),
                    worker.zone(),
                    worker.sent(),
                    worker.report(),
                    worker.loadedCount()))
        .toList();
  }
}
