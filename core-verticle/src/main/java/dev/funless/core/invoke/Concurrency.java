package dev.funless.core.invoke;

import dev.funless.shared.function.FunctionId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Counts the calls under way of functions that bound them. Confined to the scheduler's event loop.
 *
 * <p>A core counts its own calls exactly, and other cores' as workers reported them last: so N
 * cores that are asked within a quarter of a second may together have up to N times as many.
 */
final class Concurrency {

  private final ToIntFunction<FunctionId> othersCalls;
  private final Map<FunctionId, Integer> own = new HashMap<>();

  /**
   * @param othersCalls calls of a function that other cores have under way
   */
  Concurrency(ToIntFunction<FunctionId> othersCalls) {
    this.othersCalls = othersCalls;
  }

  /** False where as many calls are under way as there may be. */
  boolean enter(FunctionId function, int limit) {
    int calls = own.getOrDefault(function, 0);
    if (calls + othersCalls.applyAsInt(function) >= limit) {
      return false;
    }
    own.put(function, calls + 1);
    return true;
  }

  /** Once for each call that entered. */
  void leave(FunctionId function) {
    own.merge(function, -1, (a, b) -> a + b == 0 ? null : a + b);
  }
}
