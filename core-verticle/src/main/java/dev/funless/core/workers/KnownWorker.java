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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
  private long lastSeenNanos;
  private int sent;
  private long sentBytes;

  /** Of the calls sent, how many have each tag; tags without any are left out. */
  private final Map<String, Integer> sentTags = new HashMap<>();

  private int othersCalls;
  private Set<String> othersTags = Set.of();
  private Map<FunctionId, Integer> othersFunctions = Map.of();
  private Map<String, Integer> idle = Map.of();
  private Map<String, Double> latencies = Map.of();

  /** Footprints of calls sent after the last report, which therefore cannot contain them. */
  private long unreportedBytes;

  /** By the hash of its code, how many calls were sent after the last report. */
  private final Map<String, Integer> unreportedCalls = new HashMap<>();

  private int reportNumber;
  private Set<String> loaded = Set.of();
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
    report = Optional.of(latest);
    lastSeenNanos = nowNanos;
    unreportedBytes = 0;
    unreportedCalls.clear();
    reportNumber++;
    idle = new HashMap<>();
    latest.idle().forEach(module -> idle.put(texts.shared(module.sha256()), module.instances()));
    latencies = new HashMap<>();
    latest
        .latencies()
        .forEach(latency -> latencies.put(texts.shared(latency.service()), latency.millis()));
    othersCalls = 0;
    othersTags = new HashSet<>();
    othersFunctions = new HashMap<>();
    for (Activity activity : latest.activity()) {
      if (!activity.coreId().equals(coreId)) {
        othersCalls += activity.running() + activity.queued();
        othersTags.add(texts.shared(activity.tag()));
        othersTags.add(activity.tag());
        othersFunctions.merge(
            activity.function(), activity.running() + activity.queued(), Integer::sum);
      }
    }
  }

  /** Which report was the last when a call was sent; tells whether a later one contains it. */
  int reportNumber() {
    return reportNumber;
  }

  boolean isSilent(long nowNanos, long silenceNanos) {
    return report.isPresent() && nowNanos - lastSeenNanos > silenceNanos;
  }

  void sent(FunctionSpec function, long messageBytes) {
    sent++;
    sentBytes += messageBytes;
    unreportedBytes += function.footprintBytes();
    count(unreportedCalls, function.sha256(), 1);
    count(sentTags, function.tag(), 1);
  }

  void gotBack(FunctionSpec function, long messageBytes, int sentAtReport) {
    sent--;
    sentBytes -= messageBytes;
    count(sentTags, function.tag(), -1);
    if (sentAtReport == reportNumber) {
      unreportedBytes -= function.footprintBytes();
      count(unreportedCalls, function.sha256(), -1);
    }
  }

  private static void count(Map<String, Integer> counts, String key, int change) {
    counts.merge(key, change, (a, b) -> a + b == 0 ? null : a + b);
  }

  long sentBytes() {
    return sentBytes;
  }

  /** False where messages were missed, so that the whole list has to be asked for. */
  boolean loadedChanged(LoadedChanged change) {
    if (change.sequence() != loadedSequence + 1) {
      return change.sequence() <= loadedSequence;
    }
    Set<String> next = new HashSet<>(loaded);
    next.removeAll(change.dropped());
    change.loaded().forEach(sha256 -> next.add(texts.shared(sha256)));
    loaded = Set.copyOf(next);
    loadedSequence = change.sequence();
    return true;
  }

  void loaded(LoadedList list) {
    if (list.sequence() >= loadedSequence) {
      loaded = list.loaded().stream().map(texts::shared).collect(Collectors.toUnmodifiableSet());
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
    return report.isPresent();
  }

  @Override
  public long memoryTotalBytes() {
    return report.isPresent() ? report.get().memoryTotalBytes() : 0;
  }

  @Override
  public long memoryAvailableBytes() {
    return report.isPresent()
        ? Math.max(0, report.get().memoryAvailableBytes() - unreportedBytes)
        : 0;
  }

  @Override
  public int places() {
    return report.isPresent() ? report.get().places() : 0;
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
    return sentTags.containsKey(tag) || othersTags.contains(tag);
  }

  @Override
  public boolean hasLoaded(String sha256) {
    return loaded.contains(sha256);
  }

  @Override
  public int idleInstances(String sha256) {
    Integer waiting = idle.get(sha256);
    return waiting == null ? 0 : Math.max(0, waiting - unreportedCalls.getOrDefault(sha256, 0));
  }

  @Override
  public double latencyMillis(String service) {
    Double millis = latencies.get(service);
    return millis == null ? UNKNOWN_LATENCY_MILLIS : millis;
  }
}
