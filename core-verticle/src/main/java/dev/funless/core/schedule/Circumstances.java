package dev.funless.core.schedule;

import dev.funless.core.schedule.app.AppScript;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All else that a decision may depend on. Passed in, so that a policy is a pure function.
 *
 * @param core where the decision is made
 * @param turn how many decisions this core has made for the function before
 * @param random where the policy leaves something to chance
 * @param advice what the policy's own function answered, where the policy is one
 * @param explanation is told why, where somebody asks
 */
public record Circumstances(
    Core core, long turn, RandomGenerator random, Advice advice, Explanation explanation) {

  /**
   * The core that decides, and what it knows beside the workers.
   *
   * @param name its configured name
   * @param zone its configured zone, or empty
   * @param zones finds another core's zone by its name; absent where that core is not there
   * @param scripts finds a script by its name
   */
  public record Core(
      String name,
      String zone,
      Function<String, Optional<String>> zones,
      Function<String, Optional<AppScript>> scripts) {}
}
