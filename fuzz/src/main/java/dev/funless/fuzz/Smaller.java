package dev.funless.fuzz;

import dev.funless.fuzz.trial.Target;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * Leaves out parts of a module for as long as the finding stays. Idea: try to leave out half of the
 * parts, then quarters, and so on down to one; example: of 40 statements, the one that fails.
 */
final class Smaller {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Smaller() {}

  /**
   * @param stays whether the finding is still there with these parts left out
   * @return the parts that can be left out
   */
  static BitSet than(Target.Made made, BitSet dropped, Predicate<BitSet> stays) {
    long endNanos = System.nanoTime() + LONGEST.toNanos();
    BitSet best = (BitSet) dropped.clone();
    if (!stays.test(best)) {
      return best;
    }
    for (int size = Math.max(1, made.parts() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < made.parts(); from += size) {
        if (System.nanoTime() > endNanos) {
          return best;
        }
        BitSet candidate = (BitSet) best.clone();
        candidate.set(from, Math.min(made.parts(), from + size));
        if (!candidate.equals(best) && stays.test(candidate)) {
          best = candidate;
        }
      }
    }
    return best;
  }
}
