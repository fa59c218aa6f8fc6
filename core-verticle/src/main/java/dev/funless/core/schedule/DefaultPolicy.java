package dev.funless.core.schedule;

import java.util.List;

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

  /** The most memory first; of the same, the fewest calls of this core. */
  static final Ranking BY_MEMORY =
      new Ranking() {
        @Override
        public int compare(Worker a, Worker b, Call call) {
          int byMemory = Long.compare(memory(b), memory(a));
          return byMemory != 0 ? byMemory : Integer.compare(a.sent(), b.sent());
        }

        @Override
        public String figure(Worker worker, Call call) {
          return worker.reported()
              ? "%d MiB of memory available, %d calls sent"
                  .formatted(worker.memoryAvailableBytes() >> 20, worker.sent())
              : "has not reported yet, %d calls sent".formatted(worker.sent());
        }
      };

  @Override
  public Selection select(
      DefaultConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    return BY_MEMORY.best(workers, call, circumstances);
  }

  private static long memory(Worker worker) {
    return worker.reported() ? worker.memoryAvailableBytes() : 0;
  }
}
