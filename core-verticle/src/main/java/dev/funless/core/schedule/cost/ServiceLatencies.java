package dev.funless.core.schedule.cost;

/** How long one worker needs to reach the services of one function. */
@FunctionalInterface
public interface ServiceLatencies {

  /** What stands for a latency that nobody knows: worse than any that is known. In milliseconds. */
  double UNKNOWN_MILLIS = 999_999;

  /**
   * In milliseconds; what is negative or not a number counts as {@link #UNKNOWN_MILLIS}.
   *
   * @param service its place among those that the function declares, from 0
   */
  double millis(int service);
}
