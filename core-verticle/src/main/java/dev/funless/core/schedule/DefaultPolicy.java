package dev.funless.core.schedule;

import dev.funless.shared.function.FunctionSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * FunLess's default policy: the worker with the most available memory, among those that have at
 * least the function's {@code capacity}. A worker that has not reported yet counts as one without
 * memory and stays eligible, so it is taken only where nobody else can be.
 *
 * <p>For example, of A with 300 MiB, B with 500 MiB and C, which has not reported, B is taken; and
 * C, where the function needs 600 MiB.
 *
 * <p>What this core has sent and not got back is already taken off a worker's available memory, so
 * a burst spreads over equal workers. Of workers with the same memory, the one with the fewest
 * calls of this core is taken, and among those one by chance.
 *
 * <p>Known caveat: memory is all that counts. Of unequal workers the larger one gets every call
 * until its memory is down to the other's, or it says that it is busy.
 */
public final class DefaultPolicy implements SchedulingPolicy<DefaultConfig> {

  @Override
  public Selection select(
      DefaultConfig config,
      List<WorkerSnapshot> workers,
      FunctionSpec function,
      RandomGenerator random) {
    WorkerSnapshot best = null;
    int equals = 0;
    for (WorkerSnapshot worker : workers) {
      if (!Capacity.fits(function, worker)) {
        continue;
      }
      int order = best == null ? 1 : compare(worker, best);
      if (order > 0) {
        best = worker;
        equals = 1;
      } else if (order == 0 && random.nextInt(++equals) == 0) {
        // Each of n equals is taken with a chance of 1/n (reservoir sampling of one).
        best = worker;
      }
    }
    return best == null ? Capacity.missing(function) : new Selection.Chosen(best);
  }

  /** Positive where {@code a} is the better one. */
  private static int compare(WorkerSnapshot a, WorkerSnapshot b) {
    int byMemory = Long.compare(memory(a), memory(b));
    return byMemory != 0 ? byMemory : Integer.compare(b.sent(), a.sent());
  }

  private static long memory(WorkerSnapshot worker) {
    return worker.reported() ? worker.memoryAvailableBytes() : 0;
  }
}
