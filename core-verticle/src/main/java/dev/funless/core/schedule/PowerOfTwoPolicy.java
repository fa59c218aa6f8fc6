package dev.funless.core.schedule;

import dev.funless.shared.function.FunctionSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two workers by chance among those that the function's {@code capacity} fits into, and the less
 * busy of the two ({@link Load}). Several cores that decide at once on the same reports do not all
 * take the same worker, as they do with the least busy one.
 *
 * <p>Source: M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE
 * Transactions on Parallel and Distributed Systems 12(10), 2001.
 */
public final class PowerOfTwoPolicy implements SchedulingPolicy<PowerOfTwoConfig> {

  @Override
  public Selection select(
      PowerOfTwoConfig config,
      List<WorkerSnapshot> workers,
      FunctionSpec function,
      RandomGenerator random) {
    WorkerSnapshot first = null;
    WorkerSnapshot second = null;
    int fitting = 0;
    for (WorkerSnapshot worker : workers) {
      if (!Capacity.fits(function, worker)) {
        continue;
      }
      // Reservoir sampling of two: each pair of those seen so far is as likely as any other.
      fitting++;
      if (first == null) {
        first = worker;
      } else if (second == null) {
        second = worker;
      } else {
        int place = random.nextInt(fitting);
        if (place == 0) {
          first = worker;
        } else if (place == 1) {
          second = worker;
        }
      }
    }
    if (first == null) {
      return Capacity.missing(function);
    }
    return new Selection.Chosen(second == null ? first : lessBusy(first, second, random));
  }

  private static WorkerSnapshot lessBusy(
      WorkerSnapshot a, WorkerSnapshot b, RandomGenerator random) {
    int order = Load.compare(a, b);
    if (order == 0) {
      return random.nextBoolean() ? a : b;
    }
    return order < 0 ? a : b;
  }
}
