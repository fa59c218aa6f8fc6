package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.AppScript.Affinity;
import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.TopologyTolerance;
import dev.funless.core.schedule.app.AppScript.Workers;
import dev.funless.core.schedule.app.Yaml.Keys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a block of a tag. */
final class BlockReader {

  private static final Set<String> KEYS =
      Set.of("workers", "strategy", "invalidate", "affinity", "controller", Choice.TOLERANCE.key());

  private BlockReader() {}

  static Block read(Yaml node, int number, Place place) throws InvalidScriptException {
    if (!(node instanceof Keys map)) {
      throw place.wrong(
          node.line(), "a block must be a map with 'workers'" + Shown.insteadOf(node) + ".");
    }
    Map<String, Field> fields = Field.known(map, KEYS, place);
    Field given = fields.get("workers");
    if (given == null) {
      throw place.wrong(map.line(), "there is no 'workers'.");
    }
    Workers workers = WorkersReader.read(given.value(), place);
    Field affinity = fields.get("affinity");
    Optional<String> controller = controller(fields, place);
    return new Block(
        number,
        map.line(),
        workers,
        strategy(workers, fields, place),
        InvalidateReader.read(fields, place).orElse(Invalidate.NEVER),
        affinity == null ? Affinity.NONE : AffinityReader.read(affinity, place),
        controller,
        tolerance(controller, fields, place));
  }

  private static Strategy strategy(Workers workers, Map<String, Field> fields, Place place)
      throws InvalidScriptException {
    Choice<Strategy> choice =
        switch (workers) {
          case Workers.All() -> Choice.STRATEGY;
          case Workers.Named _ -> Choice.STRATEGY;
          case Workers.Sets _ -> Choice.SETS_STRATEGY;
        };
    return choice.read(fields, place).orElse(Strategy.BEST_FIRST);
  }

  private static Optional<String> controller(Map<String, Field> fields, Place place)
      throws InvalidScriptException {
    Field controller = fields.get("controller");
    return controller == null
        ? Optional.empty()
        : Optional.of(place.name(controller.value(), "the controller's name"));
  }

  private static TopologyTolerance tolerance(
      Optional<String> controller, Map<String, Field> fields, Place place)
      throws InvalidScriptException {
    Field tolerance = fields.get(Choice.TOLERANCE.key());
    if (tolerance != null && controller.isEmpty()) {
      throw place.wrong(tolerance.line(), "'topology_tolerance' needs a 'controller' beside it.");
    }
    return Choice.TOLERANCE.read(fields, place).orElse(TopologyTolerance.ALL);
  }
}
