package dev.funless.core.schedule;

import dev.funless.shared.function.FunctionSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Picks the worker for a call: FunLess's {@code (configuration, [worker], function) -> worker}. A
 * policy is a pure function: it keeps nothing between decisions, looks at no clock, and takes its
 * chances from {@code random}.
 *
 * @param <C> the configuration that picks this policy
 */
@FunctionalInterface
public interface SchedulingPolicy<C extends PolicyConfig> {

  /**
   * @param config of the function, or of the request where that overrides it
   * @param workers those that can take the call, at least one, in no particular order
   * @param function what is to run
   * @param random where the policy leaves something to chance
   */
  Selection select(
      C config, List<WorkerSnapshot> workers, FunctionSpec function, RandomGenerator random);
}
