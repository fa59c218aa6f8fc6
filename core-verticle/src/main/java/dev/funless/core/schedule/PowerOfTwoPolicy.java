package dev.funless.core.schedule;

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
      PowerOfTwoConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    RandomGenerator random = circumstances.random();
    Worker first = null;
    Worker second = null;
    int fitting = 0;
    for (Worker worker : workers) {
      if (!Capacity.fits(call, worker)) {
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
    Worker chosen = second == null ? first : lessBusy(first, second, random);
    if (circumstances.explanation().wanted()) {
      explain(workers, call, chosen, first, second, circumstances.explanation());
    }
    return chosen == null ? Capacity.missing(call) : new Selection.Chosen(chosen);
  }

  private static Worker lessBusy(Worker a, Worker b, RandomGenerator random) {
    int order = Load.compare(a, b);
    if (order == 0) {
      return random.nextBoolean() ? a : b;
    }
    return order < 0 ? a : b;
  }

  private static void explain(
      List<Worker> workers,
      Call call,
      Worker chosen,
      Worker first,
      Worker second,
      Explanation explanation) {
    explanation.addAll(
        workers,
        call,
        chosen,
        worker ->
            worker == first || worker == second
                ? "drawn; " + Load.figure(worker)
                : "not one of the two drawn");
  }
}
