package dev.funless.core.schedule;

import java.util.List;

/**
 * A worker where an instance of the function waits, else one that has its code loaded, else any; of
 * each kind the least busy one ({@link Load}), and of equals one by chance. Only workers that the
 * function's {@code capacity} fits into.
 *
 * <p>An instance that waits saves the call what it takes to make one: a copy of the module's first
 * memory. Right for functions with much of it.
 *
 * <p>Known caveat: instances are counted as of the worker's last report, less the calls that this
 * core has sent since. Workers tell those of the 64 modules that they used last; a module beyond
 * these counts as loaded without an instance.
 */
public final class WarmFirstPolicy implements SchedulingPolicy<WarmFirstConfig> {

  /** By grade, the warmest first. */
  private static final List<String> WARMTHS =
      List.of("an instance waits", "the code is loaded", "the code is not loaded");

  private static final Ranking WARMEST =
      new Ranking() {
        @Override
        public int grade(Worker worker, Call call) {
          return coldness(worker, call);
        }

        @Override
        public int compare(Worker a, Worker b, Call call) {
          return Load.compare(a, b);
        }

        @Override
        public String figure(Worker worker, Call call) {
          return WARMTHS.get(coldness(worker, call)) + "; " + Load.figure(worker);
        }
      };

  @Override
  public Selection select(
      WarmFirstConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    return WARMEST.best(workers, call, circumstances);
  }

  /** Which of {@link #WARMTHS} holds. */
  private static int coldness(Worker worker, Call call) {
    String sha256 = call.function().sha256();
    if (!worker.hasLoaded(sha256)) {
      return 2;
    }
    return worker.idleInstances(sha256) > 0 ? 0 : 1;
  }
}
