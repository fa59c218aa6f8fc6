package dev.funless.core.workers;

import dev.funless.core.schedule.WorkerSnapshot;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.WorkerReport;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What this core knows of one worker. Owned by the registry; confined to its thread. */
final class Worker {

  private final Node node;
  private Optional<WorkerReport> report = Optional.empty();
  private long lastSeenNanos;
  private int sent;
  private long sentBytes;

  /** Footprints of calls sent after the last report, which therefore cannot contain them. */
  private long unreportedBytes;

  private int reportNumber;
  private Set<String> loaded = Set.of();
  private long loadedSequence;

  Worker(Node node) {
    this.node = node;
  }

  Node node() {
    return node;
  }

  Optional<WorkerReport> report() {
    return report;
  }

  void report(WorkerReport latest, long nowNanos) {
    report = Optional.of(latest);
    lastSeenNanos = nowNanos;
    unreportedBytes = 0;
    reportNumber++;
  }

  /** Which report was the last when a call was sent; tells whether a later one contains it. */
  int reportNumber() {
    return reportNumber;
  }

  boolean isSilent(long nowNanos, long silenceNanos) {
    return report.isPresent() && nowNanos - lastSeenNanos > silenceNanos;
  }

  void sent(long footprintBytes, long messageBytes) {
    sent++;
    sentBytes += messageBytes;
    unreportedBytes += footprintBytes;
  }

  void gotBack(long footprintBytes, long messageBytes, int sentAtReport) {
    sent--;
    sentBytes -= messageBytes;
    if (sentAtReport == reportNumber) {
      unreportedBytes -= footprintBytes;
    }
  }

  int sent() {
    return sent;
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
    next.addAll(change.loaded());
    loaded = Set.copyOf(next);
    loadedSequence = change.sequence();
    return true;
  }

  void loaded(LoadedList list) {
    if (list.sequence() >= loadedSequence) {
      loaded = Set.copyOf(list.loaded());
      loadedSequence = list.sequence();
    }
  }

  boolean knowsAllLoaded() {
    return report.isEmpty() || report.get().loadedSequence() <= loadedSequence;
  }

  WorkerSnapshot snapshot() {
    return report
        .map(
            r ->
                new WorkerSnapshot(
                    node.id(),
                    node.name(),
                    node.tag(),
                    node.zone(),
                    true,
                    r.memoryTotalBytes(),
                    Math.max(0, r.memoryAvailableBytes() - unreportedBytes),
                    r.places(),
                    r.running(),
                    r.queued(),
                    sent,
                    loaded))
        .orElseGet(
            () ->
                new WorkerSnapshot(
                    node.id(),
                    node.name(),
                    node.tag(),
                    node.zone(),
                    false,
                    0,
                    0,
                    0,
                    0,
                    0,
                    sent,
                    loaded));
  }
}
