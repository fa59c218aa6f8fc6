package dev.funless.bench.schedule;

import com.sun.management.ThreadMXBean;
import dev.funless.core.invoke.DecisionPath;
import dev.funless.core.invoke.DecisionPath.Accepted;
import dev.funless.core.schedule.Call;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.core.workers.Reservation;
import dev.funless.shared.function.FunctionSpec;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Decisions over a fleet, one after the other: each is reserved, and the oldest reservation is
 * released where there are more than {@value #IN_FLIGHT}. In batches: before each the reports are
 * taken in that have come, and its invocations are made; neither is measured. Confined to one
 * thread.
 */
final class Decisions {

  /** How many are made in a batch. */
  static final int BATCH = 100;

  private static final int IN_FLIGHT = 64;

  /** One is too short for a clock. */
  private static final int LOOK_UPS = 100;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long MOST_BYTES = 1L << 40;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Task task;
  private final boolean isLookUp;
  private final Fleet fleet;
  private final DecisionPath path;
  private final PolicyConfig policy;
  private final CostExpression cost;
  private final Deque<Reservation> inFlight = new ArrayDeque<>(2 * IN_FLIGHT);
  private final Accepted[] accepted = new Accepted[BATCH];
  private final long[] nanos = new long[BATCH];
  private final Histogram decisionNanos = new Histogram(LONGEST_NANOS, 3);

  /** Of a batch. Precise, as a single byte for each worker is to be seen. */
  private final Histogram batchBytes = new Histogram(MOST_BYTES, 5);

  private int function;
  private int arguments;

  /** Of the look-ups, so that they are not optimised away. */
  private long explained;

  Decisions(Task task) {
    Policies policies = Policies.builtIn();
    this.task = task;
    this.isLookUp = task.row() == Row.LOG;
    this.fleet = new Fleet(task.workers(), task.isCrowded());
    Map<String, Optional<AppScript>> scripts = task.scripts();
    Circumstances.Core core =
        new Circumstances.Core(
            Fleet.CORE,
            Fleet.ZONE,
            fleet.registry()::zoneOfCore,
            name -> scripts.getOrDefault(name, Optional.empty()));
    this.path = new DecisionPath(core, policies, fleet.registry());
    this.policy = task.policy(policies);
    this.cost = task.cost();
  }

  Fleet fleet() {
    return fleet;
  }

  /** Look-ups after which a decision would be explained although nobody asks. */
  long explained() {
    return explained;
  }

  /**
   * @throws IllegalStateException where a decision is wrong
   */
  void batch() {
    fleet.takeReports(System.nanoTime());
    for (int i = 0; i < BATCH; i++) {
      accepted[i] = path.accept(nextCall(), policy, task.isExplained());
    }
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long last = System.nanoTime();
    for (int i = 0; i < BATCH; i++) {
      if (isLookUp) {
        lookUp();
      } else {
        place(accepted[i]);
      }
      long now = System.nanoTime();
      nanos[i] = now - last;
      last = now;
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    batchBytes.recordValue(Math.min(bytes, MOST_BYTES));
    for (long each : nanos) {
      decisionNanos.recordValue(Math.min(each, LONGEST_NANOS));
    }
  }

  /** The figures since the last time that this was asked. */
  Figures takeFigures() {
    int times = isLookUp ? LOOK_UPS : 1;
    Figures figures =
        new Figures(
            decisionNanos.getValueAtPercentile(50) / 1e3 / times,
            decisionNanos.getValueAtPercentile(99) / 1e3 / times,
            batchBytes.getValueAtPercentile(50) / (double) BATCH / times);
    decisionNanos.reset();
    batchBytes.reset();
    return figures;
  }

  /**
   * Of one decision.
   *
   * @param bytes that are allocated; the median over the batches, so without the explanation that
   *     each function gets once a second
   */
  record Figures(double p50Micros, double p99Micros, double bytes) {}

  private Call nextCall() {
    function = function + 1 == Functions.PLACED.size() ? 0 : function + 1;
    arguments = arguments + 1 == Functions.ARGUMENTS.size() ? 0 : arguments + 1;
    return new Call(Functions.PLACED.get(function), cost, Functions.ARGUMENTS.get(arguments));
  }

  private void place(Accepted invocation) {
    if (path.place(invocation, inFlight) != task.isPossible()) {
      throw new IllegalStateException(
          task.isPossible() ? "no worker was valid" : "a worker was taken that is not valid");
    }
    if (inFlight.size() > IN_FLIGHT) {
      inFlight.removeFirst().release();
    }
  }

  private void lookUp() {
    for (int i = 0; i < LOOK_UPS; i++) {
      FunctionSpec function = Functions.PLACED.get(i % Functions.PLACED.size());
      if (path.looksUp(function.id(), System.nanoTime())) {
        explained++;
      }
    }
  }
}
