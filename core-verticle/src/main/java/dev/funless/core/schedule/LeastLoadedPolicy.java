package dev.funless.core.schedule;

import java.util.List;

/**
 * The least busy worker ({@link Load}) among those that the function's {@code capacity} fits into;
 * of equals one by chance. Right where workers are unequal, or calls take unequal time.
 */
public final class LeastLoadedPolicy implements SchedulingPolicy<LeastLoadedConfig> {

  @Override
  public Selection select(
      LeastLoadedConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    return Load.LEAST.best(workers, call, circumstances);
  }
}
