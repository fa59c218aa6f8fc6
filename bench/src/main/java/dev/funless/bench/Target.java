package dev.funless.bench;

import java.util.Optional;

/**
 * What a figure should come to.
 *
 * @param better which way is better
 * @param reach what is to be reached; empty where there is only a dream
 * @param dream what would be wonderful; empty where nobody said
 */
public record Target(Better better, Optional<Double> reach, Optional<Double> dream) {

  public enum Better {
    LOWER,
    HIGHER
  }

  public Target {
    if (reach.isPresent() && dream.isPresent() && !holds(better, dream.get(), reach.get())) {
      throw new IllegalArgumentException("a dream must be better than what is to be reached");
    }
  }

  public static Target atMost(double reach, double dream) {
    return new Target(Better.LOWER, Optional.of(reach), Optional.of(dream));
  }

  public static Target atMost(double reach) {
    return new Target(Better.LOWER, Optional.of(reach), Optional.empty());
  }

  public static Target atLeast(double reach, double dream) {
    return new Target(Better.HIGHER, Optional.of(reach), Optional.of(dream));
  }

  /** The word for the table. */
  public String met(double measured) {
    if (dream.isPresent() && holds(better, measured, dream.get())) {
      return "dream";
    }
    if (reach.isPresent() && holds(better, measured, reach.get())) {
      return "yes";
    }
    return "no";
  }

  private static boolean holds(Better better, double measured, double wanted) {
    return switch (better) {
      case LOWER -> measured <= wanted;
      case HIGHER -> measured >= wanted;
    };
  }
}
