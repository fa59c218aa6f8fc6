package dev.funless.core.schedule;

import java.util.Set;

/** Workers for tests of policies. */
final class Snapshots {

  static final long MIB = 1L << 20;

  private Snapshots() {}

  static WorkerSnapshot with(String name, long availableBytes, int sent) {
    return new WorkerSnapshot(
        "id-" + name, name, "", "", true, 1L << 40, availableBytes, 2, 0, 0, sent, Set.of());
  }

  static WorkerSnapshot tagged(String name, String tag, long availableBytes) {
    return new WorkerSnapshot(
        "id-" + name, name, tag, "", true, 1L << 40, availableBytes, 2, 0, 0, 0, Set.of());
  }

  static WorkerSnapshot busy(String name, int places, int running, int queued, int sent) {
    return new WorkerSnapshot(
        "id-" + name, name, "", "", true, 1L << 40, MIB, places, running, queued, sent, Set.of());
  }

  static WorkerSnapshot unreported(String name, int sent) {
    return new WorkerSnapshot("id-" + name, name, "", "", false, 0, 0, 0, 0, 0, sent, Set.of());
  }
}
