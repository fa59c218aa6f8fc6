package dev.funless.core.schedule;

import dev.funless.shared.function.FunctionSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The least busy worker ({@link Load}) among those that the function's {@code capacity} fits into;
 * of equals one by chance. Right where workers are unequal, or calls take unequal time.
 */
public final class LeastLoadedPolicy implements SchedulingPolicy<LeastLoadedConfig> {

  @Override
  public Selection select(
      LeastLoadedConfig config,
      List<WorkerSnapshot> workers,
      FunctionSpec function,
      RandomGenerator random) {
    WorkerSnapshot best = null;
    int equals = 0;
    for (WorkerSnapshot worker : workers) {
      if (!Capacity.fits(function, worker)) {
        continue;
      }
      int order = best == null ? -1 : Load.compare(worker, best);
      if (order < 0) {
        best = worker;
        equals = 1;
      } else if (order == 0 && random.nextInt(++equals) == 0) {
        // Each of n equals is taken with a chance of 1/n (reservoir sampling of one).
        best = worker;
      }
    }
    return best == null ? Capacity.missing(function) : new Selection.Chosen(best);
  }
}
