package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.TopologyTolerance;
import dev.funless.core.schedule.app.Yaml.Text;
import java.util.Map;
import java.util.Optional;

/**
 * A key that takes one of some words.
 *
 * @param owner whose key it is, for messages
 * @param shown the words, for messages
 */
record Choice<E>(String key, String owner, String shown, Map<String, E> words) {

  static final Choice<Followup> FOLLOWUP =
      new Choice<>(
          "followup",
          "",
          "default or fail",
          Map.of("default", Followup.DEFAULT, "fail", Followup.FAIL));

  static final Choice<Strategy> TAG_STRATEGY = order(" of a tag");

  /** Of a block of names or of all workers, and inside a set. */
  static final Choice<Strategy> STRATEGY =
      new Choice<>(
          "strategy",
          "",
          "best-first, random, platform or min_latency",
          Map.of(
              "best-first", Strategy.BEST_FIRST,
              "best_first", Strategy.BEST_FIRST,
              "random", Strategy.RANDOM,
              "platform", Strategy.PLATFORM,
              "min_latency", Strategy.MIN_LATENCY));

  /** Of a block of sets. */
  static final Choice<Strategy> SETS_STRATEGY = order(" of a block of sets");

  static final Choice<TopologyTolerance> TOLERANCE =
      new Choice<>(
          "topology_tolerance",
          "",
          "all, same or none",
          Map.of(
              "all", TopologyTolerance.ALL,
              "same", TopologyTolerance.SAME,
              "none", TopologyTolerance.NONE));

  private static Choice<Strategy> order(String owner) {
    return new Choice<>(
        "strategy",
        owner,
        "best-first or random",
        Map.of(
            "best-first", Strategy.BEST_FIRST,
            "best_first", Strategy.BEST_FIRST,
            "random", Strategy.RANDOM));
  }

  /** Empty where {@code fields} do not have the key. */
  Optional<E> read(Map<String, Field> fields, Place place) throws InvalidScriptException {
    Field field = fields.get(key);
    if (field == null) {
      return Optional.empty();
    }
    if (field.value() instanceof Text text && words.containsKey(text.value())) {
      return Optional.of(words.get(text.value()));
    }
    throw place.wrong(
        field.value().line(),
        "'" + key + "'" + owner + " must be " + shown + Shown.insteadOf(field.value()) + ".");
  }
}
