package dev.funless.bench.schedule;

import dev.funless.core.schedule.Explanation;
import dev.funless.core.schedule.Worker;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.shared.protocol.message.WorkerReport.Activity;
import dev.funless.shared.protocol.message.WorkerReport.Idle;
import dev.funless.shared.protocol.message.WorkerReport.Latency;
import dev.funless.shared.protocol.message.WorkerReport.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The workers of a cluster, as the registry knows them by their reports, of which each worker sends
 * four a second. Calls are in flight to all of them, this core's or other cores', that do not end.
 * Confined to one thread.
 *
 * <p>Of four workers in a row all but the second have a call of a function tagged {@code cache},
 * and the fourth has one of a function tagged {@code batch} too.
 */
final class Fleet {

  static final String CORE = "core-1";
  static final String ZONE = "north";

  private static final String CORE_ID = "run-of-core-1";
  private static final List<String> ZONES = List.of(ZONE, "south", "west");
  private static final List<String> LABELS = List.of("edge", "cloud");

  /** No pause of a busy machine may make workers fall silent. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  /** As a scheduler has them by default. */
  private static final int MAX_CALLS_PER_WORKER = 2_000;

  private static final long MAX_BYTES_PER_WORKER = 64L << 20;

  private static final long REPORT_NANOS = Duration.ofMillis(250).toNanos();
  private static final long MEMORY_BYTES = 16L << 30;
  private static final int PLACES = 8;
  private static final int QUEUE = 256;
  private static final Machine MACHINE =
      new Machine(MEMORY_BYTES, MEMORY_BYTES / 2, MEMORY_BYTES / 2, 0.5, 2, 2, 2);

  private final RandomGenerator random = RandomGenerator.getDefault();
  private final WorkerRegistry registry =
      new WorkerRegistry(CORE_ID, SILENCE, MAX_CALLS_PER_WORKER, MAX_BYTES_PER_WORKER);
  private final boolean crowded;
  private final List<Worker> workers;

  /** When each is to report; the one to report next has the least. */
  private final long[] dueNanos;

  private int next;

  /**
   * @param crowded whether other cores use nearly all memory of every worker but the last
   */
  Fleet(int size, boolean crowded) {
    this.crowded = crowded;
    long now = System.nanoTime();
    for (int i = 0; i < size; i++) {
      String name = name(i);
      registry.joined(new Node("run-of-" + name, Role.WORKER, name, of(LABELS, i), of(ZONES, i)));
    }
    workers = List.copyOf(registry.candidates(Set.of(), 0, now, Explanation.UNWANTED));
    dueNanos = new long[size];
    for (int i = 0; i < size; i++) {
      dueNanos[i] = now + REPORT_NANOS * i / size;
      start(i);
      registry.reported(report(i), now);
    }
  }

  /** By name. */
  static List<String> names(int size) {
    return IntStream.range(0, size).mapToObj(Fleet::name).toList();
  }

  private static String name(int index) {
    return "worker-%04d".formatted(index);
  }

  private static String of(List<String> each, int index) {
    return fresh(each.get(index % each.size()));
  }

  /** As messages bring them: equal texts are not the same objects. */
  private static String fresh(String text) {
    return new String(text.toCharArray());
  }

  WorkerRegistry registry() {
    return registry;
  }

  /** By name. */
  List<Worker> workers() {
    return workers;
  }

  /** Takes in the reports that have come by now. */
  void takeReports(long nowNanos) {
    while (dueNanos[next] <= nowNanos) {
      registry.reported(report(next), nowNanos);
      dueNanos[next] = nowNanos + REPORT_NANOS;
      next = next + 1 == dueNanos.length ? 0 : next + 1;
    }
  }

  private void start(int index) {
    String id = workers.get(index).id();
    registry.loaded(
        id,
        new LoadedList(
            0,
            IntStream.range(0, Functions.PLACED.size())
                .filter(number -> (number + index) % 2 == 0)
                .mapToObj(number -> fresh(Functions.PLACED.get(number).sha256()))
                .toList()));
    if (isOwn(index)) {
      running(index).forEach(function -> registry.reserve(id, function, 100));
    }
  }

  /** Whether the calls that do not end are this core's. */
  private static boolean isOwn(int index) {
    return index / 4 % 2 == 0;
  }

  private static List<FunctionSpec> running(int index) {
    return switch (index % 4) {
      case 1 -> List.of(Functions.PAGE);
      case 3 -> List.of(Functions.CACHE, Functions.BATCH);
      default -> List.of(Functions.CACHE);
    };
  }

  private WorkerReport report(int index) {
    Worker worker = workers.get(index);
    List<Activity> activity = activity(index, worker.sent());
    int running = activity.stream().mapToInt(Activity::running).sum();
    return new WorkerReport(
        worker.id(),
        worker.name(),
        worker.tag(),
        worker.zone(),
        MEMORY_BYTES,
        MEMORY_BYTES - usedByOthers(index) - worker.sent() * Functions.PAGE.footprintBytes(),
        MACHINE,
        PLACES,
        Math.min(running, PLACES),
        0,
        Math.max(0, running - PLACES),
        QUEUE,
        activity,
        0,
        idle(index),
        latencies());
  }

  private List<Activity> activity(int index, int sent) {
    List<Activity> activity = new ArrayList<>();
    if (sent > 0) {
      activity.add(
          new Activity(fresh(CORE_ID), Functions.PLACED.getFirst().id(), Functions.TAG, sent, 0));
    }
    if (!isOwn(index)) {
      for (FunctionSpec function : running(index)) {
        activity.add(new Activity("run-of-core-2", function.id(), fresh(function.tag()), 1, 0));
      }
    }
    int more = random.nextInt(4);
    if (more > 0) {
      activity.add(
          new Activity("run-of-core-3", Functions.PAGE.id(), fresh(Functions.PAGE.tag()), more, 0));
    }
    return activity;
  }

  private long usedByOthers(int index) {
    boolean full = crowded && index < workers.size() - 1;
    return (full ? 15 : 1 + random.nextInt(4)) * (MEMORY_BYTES / 16);
  }

  /** Of half of the code that is loaded. */
  private List<Idle> idle(int index) {
    return IntStream.range(0, Functions.PLACED.size())
        .filter(number -> (number + index) % 4 == 0)
        .mapToObj(
            number -> new Idle(fresh(Functions.PLACED.get(number).sha256()), 1 + random.nextInt(3)))
        .toList();
  }

  private List<Latency> latencies() {
    return Functions.SERVICES.stream()
        .map(service -> new Latency(fresh(service), 1 + 40 * random.nextDouble()))
        .toList();
  }
}
