package dev.funless.core.schedule;

import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.AppScript.Workers;
import dev.funless.shared.protocol.message.Admission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The language's definition, followed literally and slowly: it gives all that a decision may be,
 * where the policy takes one. It shares nothing with the policy but the script.
 */
final class ScriptOracle {

  /** A worker that may be chosen, and what it then is to hold the call against. */
  record Option(String worker, Admission admission) {}

  /** A worker that stands in a list, with the conditions that hold for it there. */
  private record Listed(FixedWorker worker, Invalidate invalidate) {}

  private final ScriptCase given;

  private ScriptOracle(ScriptCase given) {
    this.given = given;
  }

  /** Empty where no worker may be chosen. */
  static Set<Option> options(ScriptCase given) {
    return new ScriptOracle(given).options();
  }

  private Set<Option> options() {
    AppScript script = given.script();
    String name =
        script.tags().containsKey(given.functionTag())
            ? given.functionTag()
            : AppScript.DEFAULT_TAG;
    if (!script.tags().containsKey(name)) {
      return Set.of();
    }
    Set<Option> options = ofTag(script.tags().get(name));
    boolean followed =
        options.isEmpty()
            && script.tags().get(name).followup() == Followup.DEFAULT
            && script.tags().containsKey(AppScript.DEFAULT_TAG);
    return followed ? ofTag(script.tags().get(AppScript.DEFAULT_TAG)) : options;
  }

  private Set<Option> ofTag(Tag tag) {
    return firstOrAny(tag.blocks().stream().map(this::ofBlock).toList(), tag.strategy());
  }

  private static Set<Option> firstOrAny(List<Set<Option>> inOrder, Strategy strategy) {
    Set<Option> options = new HashSet<>();
    for (Set<Option> each : inOrder) {
      if (options.isEmpty() || strategy == Strategy.RANDOM) {
        options.addAll(each);
      }
    }
    return options;
  }

  private Set<Option> ofBlock(Block block) {
    return switch (block.workers()) {
      case Workers.All() -> {
        List<Listed> all =
            given.workers().stream().map(w -> new Listed(w, block.invalidate())).toList();
        yield picked(block, all, block.strategy(), false);
      }
      case Workers.Named(List<NamedItem> items, _) -> {
        List<Listed> listed = new ArrayList<>();
        for (NamedItem item : items) {
          for (FixedWorker worker : given.workers()) {
            if (worker.name().equals(item.name())) {
              listed.add(new Listed(worker, item.invalidate().orElse(block.invalidate())));
            }
          }
        }
        yield picked(block, listed, block.strategy(), false);
      }
      case Workers.Sets(List<SetItem> items) ->
          firstOrAny(items.stream().map(set -> ofSet(block, set)).toList(), block.strategy());
    };
  }

  private Set<Option> ofSet(Block block, SetItem set) {
    List<Listed> members =
        given.workers().stream()
            .filter(worker -> set.label().isEmpty() || set.label().equals(worker.tag()))
            .map(worker -> new Listed(worker, set.invalidate().orElse(block.invalidate())))
            .toList();
    boolean zoned = set.strategy() == Strategy.RANDOM || set.strategy() == Strategy.PLATFORM;
    return picked(block, members, set.strategy(), zoned);
  }

  private Set<Option> picked(Block block, List<Listed> listed, Strategy strategy, boolean zoned) {
    List<Listed> left =
        listed.stream()
            .filter(each -> toleratesTopology(block, each.worker()))
            .filter(each -> isValid(each.worker(), each.invalidate()))
            .filter(each -> hasAffinity(block, each.worker()))
            .toList();
    List<Listed> own =
        left.stream().filter(each -> each.worker().zone().equals(given.coreZone())).toList();
    if (zoned && !own.isEmpty()) {
      left = own;
    }
    left =
        switch (strategy) {
          case BEST_FIRST -> left.stream().limit(1).toList();
          case RANDOM -> left;
          case PLATFORM ->
              least(least(left, w -> -(double) w.memoryAvailableBytes()), FixedWorker::sent);
          case MIN_LATENCY -> least(left, this::cost);
        };
    Set<Option> options = new HashSet<>();
    for (Listed each : left) {
      options.add(
          new Option(
              each.worker().name(),
              new Admission(
                  each.invalidate().maxConcurrentInvocations(), block.affinity().antiaffinity())));
    }
    return options;
  }

  private static List<Listed> least(List<Listed> left, ToDoubleFunction<FixedWorker> figure) {
    double least =
        left.stream()
            .mapToDouble(each -> figure.applyAsDouble(each.worker()))
            .min()
            .orElse(Double.NaN);
    return left.stream().filter(each -> figure.applyAsDouble(each.worker()) == least).toList();
  }

  private static boolean toleratesTopology(Block block, FixedWorker worker) {
    if (block.controller().isEmpty() || block.controller().get().equals(ScriptCase.CORE)) {
      return true;
    }
    return switch (block.topologyTolerance()) {
      case ALL -> true;
      case SAME -> worker.zone().equals(ScriptCase.ZONES.get(block.controller().get()));
      case NONE -> false;
    };
  }

  private boolean isValid(FixedWorker worker, Invalidate invalidate) {
    long usedBytes =
        worker.memoryTotalBytes() - worker.memoryAvailableBytes() + given.capacityBytes();
    return worker.reported()
        && given.capacityBytes() <= worker.memoryAvailableBytes()
        && 100.0 * usedBytes <= invalidate.capacityUsedPercent() * worker.memoryTotalBytes()
        && worker.calls() < invalidate.maxConcurrentInvocations()
        && !(invalidate.overload() && worker.places() - worker.calls() <= 0)
        && cost(worker) <= invalidate.maxLatencyMillis();
  }

  private double cost(FixedWorker worker) {
    return worker.latencyMillis(ScriptCase.A) + given.items() * worker.latencyMillis(ScriptCase.B);
  }

  private static boolean hasAffinity(Block block, FixedWorker worker) {
    return block.affinity().affinity().stream().allMatch(worker::has)
        && block.affinity().antiaffinity().stream().noneMatch(worker::has);
  }
}
