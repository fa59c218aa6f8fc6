package dev.funless.core.schedule;

import java.util.List;

/**
 * Picks the worker for a call: FunLess's {@code (configuration, [worker], function) -> worker}. A
 * policy is a pure function: it keeps nothing between decisions, looks at no clock, and takes its
 * chances from the circumstances.
 *
 * @param <C> the configuration that picks this policy
 */
@FunctionalInterface
public interface SchedulingPolicy<C extends PolicyConfig> {

  /**
   * @param config of the function, or of the request where that overrides it
   * @param workers those that can take the call, at least one, by name; not to be kept
   * @param call what is to run
   * @param circumstances what else it may depend on
   */
  Selection select(C config, List<Worker> workers, Call call, Circumstances circumstances);
}
