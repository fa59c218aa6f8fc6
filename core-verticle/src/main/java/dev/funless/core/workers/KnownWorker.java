package dev.funless.core.workers;

import dev.funless.core.schedule.Hash;
import dev.funless.core.schedule.Worker;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.shared.protocol.message.WorkerReport.Activity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this core knows of one worker. Owned by the registry; confined to its thread.
 *
 * <p>What the core itself has sent is known exactly. Of what a report tells, therefore, only other
 * cores' calls are counted, and the core's own are passed over.
 */
final class KnownWorker implements Worker {

  private final String coreId;
  private final SharedTexts texts;
  private final Node node;
  private final long nameHash;
  private Optional<WorkerReport> report = Optional.empty();

  // What every decision needs of the report, held here: each object more to read would be another
  // one, for each worker, that the processor's cache does not have.
  private boolean reported;
  private long memoryTotalBytes;
  private long memoryAvailableBytes;
  private int places;

  private long lastSeenNanos;
  private int sent;
  private long sentBytes;

  private int othersCalls;
  private Map<FunctionId, Integer> othersFunctions = Map.of();

  /** By tag, how many calls were sent, and how often it is among other cores' activities. */
  private final Amounts tags = new Amounts(0);

  /** In milliseconds, by service. */
  private final Amounts latencies = new Amounts(UNKNOWN_LATENCY_MILLIS);

  /** By hash of the code, how many waited, less the calls sent after the last report. */
  private final Amounts instances = new Amounts(0);

  /** Footprints of calls sent after the last report, which therefore cannot contain them. */
  private long unreportedBytes;

  private int reportNumber;

  /** By hash of the code, 1 where it is ready to run. */
  private final Amounts loaded = new Amounts(0);

  private long loadedSequence;

  /**
   * @param coreId of the core that this is
   * @param texts of all workers
   */
  KnownWorker(String coreId, SharedTexts texts, Node node) {
    this.coreId = coreId;
    this.texts = texts;
    this.node = node;
    this.nameHash = Hash.of(node.name());
  }

  Optional<WorkerReport> report() {
    return report;
  }

  void report(WorkerReport latest, long nowNanos) {
    report.ifPresent(this::forgetOthersTags);
    report = Optional.of(latest);
    reported = true;
    memoryTotalBytes = latest.memoryTotalBytes();
    memoryAvailableBytes = latest.memoryAvailableBytes();
    places = latest.places();
    lastSeenNanos = nowNanos;
    unreportedBytes = 0;
    reportNumber++;
    instances.clear();
    latest.idle().forEach(idle -> instances.put(texts.shared(idle.sha256()), idle.instances()));
    latencies.clear();
    latest.latencies().forEach(each -> latencies.put(texts.shared(each.service()), each.millis()));
    othersCalls = 0;
    othersFunctions = new HashMap<>();
    for (Activity activity : latest.activity()) {
      if (!activity.coreId().equals(coreId)) {
        tags.add(texts.shared(activity.tag()), 1);
        othersCalls += activity.running() + activity.queued();
        othersFunctions.merge(
            activity.function(), activity.running() + activity.queued(), Integer::sum);
      }
    }
  }

  private void forgetOthersTags(WorkerReport earlier) {
    for (Activity activity : earlier.activity()) {
      if (!activity.coreId().equals(coreId)) {
        tags.add(activity.tag(), -1);
      }
    }
  }

  /** Which report was the last when a call was sent; tells whether a later one contains it. */
  int reportNumber() {
    return reportNumber;
  }

  boolean isSilent(long nowNanos, long silenceNanos) {
    return reported && nowNanos - lastSeenNanos > silenceNanos;
  }

  void sent(FunctionSpec function, long messageBytes) {
    sent++;
    sentBytes += messageBytes;
    unreportedBytes += function.footprintBytes();
    instances.add(function.sha256(), -1);
    tags.add(function.tag(), 1);
  }

  void gotBack(FunctionSpec function, long messageBytes, int sentAtReport) {
    sent--;
    sentBytes -= messageBytes;
    tags.add(function.tag(), -1);
    if (sentAtReport == reportNumber) {
      unreportedBytes -= function.footprintBytes();
      instances.add(function.sha256(), 1);
    }
  }

  long sentBytes() {
    return sentBytes;
  }

  /** False where messages were missed, so that the whole list has to be asked for. */
  boolean loadedChanged(LoadedChanged change) {
    if (change.sequence() != loadedSequence + 1) {
      return change.sequence() <= loadedSequence;
    }
    change.dropped().forEach(sha256 -> loaded.put(sha256, 0));
    change.loaded().forEach(sha256 -> loaded.put(texts.shared(sha256), 1));
    loadedSequence = change.sequence();
    return true;
  }

  void loaded(LoadedList list) {
    if (list.sequence() >= loadedSequence) {
      loaded.clear();
      list.loaded().forEach(sha256 -> loaded.put(texts.shared(sha256), 1));
      loadedSequence = list.sequence();
    }
  }

  boolean knowsAllLoaded() {
    return report.isEmpty() || report.get().loadedSequence() <= loadedSequence;
  }

  /** Calls of the function that other cores have sent it, as of the last report. */
  int othersCalls(FunctionId function) {
    return othersFunctions.getOrDefault(function, 0);
  }

  int loadedCount() {
    return loaded.size();
  }

  @Override
  public String id() {
    return node.id();
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public long nameHash() {
    return nameHash;
  }

  @Override
  public String tag() {
    return node.tag();
  }

  @Override
  public String zone() {
    return node.zone();
  }

  @Override
  public boolean reported() {
    return reported;
  }

  @Override
  public long memoryTotalBytes() {
    return memoryTotalBytes;
  }

  @Override
  public long memoryAvailableBytes() {
    return Math.max(0, memoryAvailableBytes - unreportedBytes);
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public int running() {
    return report.isPresent() ? report.get().running() : 0;
  }

  @Override
  public int queued() {
    return report.isPresent() ? report.get().queued() : 0;
  }

  @Override
  public int sent() {
    return sent;
  }

  @Override
  public int calls() {
    return sent + othersCalls;
  }

  @Override
  public boolean has(String tag) {
    return tags.get(tag) != 0;
  }

  @Override
  public boolean hasLoaded(String sha256) {
    return loaded.get(sha256) != 0;
  }

  @Override
  public int idleInstances(String sha256) {
    return (int) Math.max(0, instances.get(sha256));
  }

  @Override
  public double latencyMillis(String service) {
    return latencies.get(service);
  }
}
