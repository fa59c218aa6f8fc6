package dev.funless.core.schedule;

import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.AppScript.Affinity;
import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.AppScript.TopologyTolerance;
import dev.funless.core.schedule.app.AppScript.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Ways of reading a script wrongly. The policy that decides on what comes out of one is a policy
 * with that defect.
 */
final class BrokenScripts {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private BrokenScripts() {}

  /** By what is wrong. Each may change the workers that it is given. */
  static Map<String, UnaryOperator<ScriptCase>> all() {
    Map<String, UnaryOperator<ScriptCase>> all = new LinkedHashMap<>();
    all.put("ignores the function's tag", tagged("other"));
    all.put("ignores the default tag", c -> c.with(without(c.script(), AppScript.DEFAULT_TAG)));
    all.put("never follows up", followup(Followup.FAIL));
    all.put("always follows up", followup(Followup.DEFAULT));
    all.put("ignores the order of blocks", tags(t -> tag(t, t.blocks(), Strategy.RANDOM)));
    all.put("prefers later blocks", tags(t -> tag(t, t.blocks().reversed(), t.strategy())));
    all.put("tries the first block only", tags(t -> tag(t, first(t.blocks()), t.strategy())));

    all.put("ignores invalidation", invalidates(_ -> Invalidate.NEVER));
    all.put(
        "ignores capacity_used",
        invalidates(i -> bounds(i, UNBOUNDED, i.maxConcurrentInvocations(), i.overload())));
    all.put(
        "leaves no worker at capacity_used",
        invalidates(
            i ->
                bounds(
                    i, i.capacityUsedPercent() - 1, i.maxConcurrentInvocations(), i.overload())));
    all.put("takes one call too many", invalidates(i -> plus(i, 1)));
    all.put("takes one call too few", invalidates(i -> plus(i, -1)));
    all.put("counts no calls of other cores", workers(w -> w.withOthers(0)));
    all.put(
        "ignores overload",
        invalidates(i -> bounds(i, i.capacityUsedPercent(), i.maxConcurrentInvocations(), false)));
    all.put("ignores max_latency", invalidates(i -> latency(i, UNBOUNDED)));
    all.put("takes no worker at max_latency", invalidates(i -> latency(i, below(i))));
    all.put("ignores the capacity", c -> needing(c, 0));
    all.put("takes workers that have not reported", workers(FixedWorker::reports));
    all.put("ignores items' conditions", blocks(b -> withItems(b, _ -> Optional.empty())));
    all.put(
        "adds items' conditions to the block's",
        blocks(b -> withItems(b, own -> own.map(i -> both(i, b.invalidate())))));

    all.put("ignores affinity", affinities(_ -> Affinity.NONE));
    all.put("ignores wanted tags", affinities(a -> new Affinity(0, List.of(), a.antiaffinity())));
    all.put("ignores excluded tags", affinities(a -> new Affinity(0, a.affinity(), List.of())));
    all.put(
        "looks at one wanted tag only",
        affinities(a -> new Affinity(0, first(a.affinity()), a.antiaffinity())));
    all.put(
        "looks at one excluded tag only",
        affinities(a -> new Affinity(0, a.affinity(), first(a.antiaffinity()))));

    all.put("ignores controllers", blocks(b -> topology(b, Optional.empty(), tolerance(b))));
    all.put("takes same for all", tolerances(TopologyTolerance.SAME, TopologyTolerance.ALL));
    all.put("takes same for none", tolerances(TopologyTolerance.SAME, TopologyTolerance.NONE));
    all.put("takes none for all", tolerances(TopologyTolerance.NONE, TopologyTolerance.ALL));
    all.put("takes all for none", tolerances(TopologyTolerance.ALL, TopologyTolerance.NONE));
    all.put("ignores its own zone", c -> inZone(c, "nowhere"));

    all.put("ignores the order of names", blocks(BrokenScripts::reversedNames));
    all.put("ignores labels", sets(s -> set(s, "", s.strategy())));
    all.put("takes no label for a label", sets(s -> set(s, label(s), s.strategy())));
    all.put("ignores the order of sets", blocks(BrokenScripts::reversedSets));
    for (Strategy strategy :
        List.of(Strategy.BEST_FIRST, Strategy.PLATFORM, Strategy.MIN_LATENCY)) {
      all.put(
          "takes random for " + strategy + " of a block",
          blocks(b -> strategy(b, b.strategy() == strategy ? Strategy.RANDOM : b.strategy())));
      all.put(
          "takes random for " + strategy + " of a set",
          sets(s -> set(s, s.label(), s.strategy() == strategy ? Strategy.RANDOM : s.strategy())));
    }
    all.put(
        "takes an unknown latency for none",
        workers(
            w -> {
              near(w, ScriptCase.A);
              near(w, ScriptCase.B);
            }));
    all.put("ignores the arguments", BrokenScripts::withoutItems);
    return all;
  }

  private static UnaryOperator<ScriptCase> tagged(String tag) {
    return c ->
        new ScriptCase(c.script(), c.workers(), tag, c.capacityBytes(), c.items(), c.coreZone());
  }

  private static ScriptCase needing(ScriptCase c, long bytes) {
    return new ScriptCase(c.script(), c.workers(), c.functionTag(), bytes, c.items(), c.coreZone());
  }

  private static ScriptCase inZone(ScriptCase c, String zone) {
    return new ScriptCase(
        c.script(), c.workers(), c.functionTag(), c.capacityBytes(), c.items(), zone);
  }

  private static ScriptCase withoutItems(ScriptCase c) {
    return new ScriptCase(
        c.script(), c.workers(), c.functionTag(), c.capacityBytes(), 0, c.coreZone());
  }

  private static AppScript without(AppScript script, String tag) {
    Map<String, Tag> tags = new LinkedHashMap<>(script.tags());
    tags.remove(tag);
    return new AppScript(tags);
  }

  private static UnaryOperator<ScriptCase> workers(Consumer<FixedWorker> change) {
    return c -> {
      c.workers().forEach(change);
      return c;
    };
  }

  private static void near(FixedWorker worker, String service) {
    if (worker.latencyMillis(service) == Worker.UNKNOWN_LATENCY_MILLIS) {
      worker.near(service, 0);
    }
  }

  private static UnaryOperator<ScriptCase> tags(UnaryOperator<Tag> change) {
    return c -> {
      Map<String, Tag> tags = new LinkedHashMap<>();
      c.script().tags().forEach((name, tag) -> tags.put(name, change.apply(tag)));
      return c.with(new AppScript(tags));
    };
  }

  private static UnaryOperator<ScriptCase> followup(Followup followup) {
    return tags(t -> new Tag(t.name(), t.line(), t.blocks(), t.strategy(), followup));
  }

  private static Tag tag(Tag t, List<Block> blocks, Strategy strategy) {
    return new Tag(t.name(), t.line(), blocks, strategy, t.followup());
  }

  private static <T> List<T> first(List<T> all) {
    return all.stream().limit(1).toList();
  }

  private static UnaryOperator<ScriptCase> blocks(UnaryOperator<Block> change) {
    return tags(t -> tag(t, t.blocks().stream().map(change).toList(), t.strategy()));
  }

  private static Block block(
      Block b, Workers workers, Strategy strategy, Invalidate invalidate, Affinity affinity) {
    return new Block(
        b.number(),
        b.line(),
        workers,
        strategy,
        invalidate,
        affinity,
        b.controller(),
        b.topologyTolerance());
  }

  private static Block strategy(Block b, Strategy strategy) {
    return b.workers() instanceof Workers.Sets
        ? b
        : block(b, b.workers(), strategy, b.invalidate(), b.affinity());
  }

  private static Block withWorkers(Block b, Workers workers) {
    return block(b, workers, b.strategy(), b.invalidate(), b.affinity());
  }

  private static UnaryOperator<ScriptCase> affinities(UnaryOperator<Affinity> change) {
    return blocks(
        b -> block(b, b.workers(), b.strategy(), b.invalidate(), change.apply(b.affinity())));
  }

  private static Block topology(Block b, Optional<String> controller, TopologyTolerance tolerance) {
    return new Block(
        b.number(),
        b.line(),
        b.workers(),
        b.strategy(),
        b.invalidate(),
        b.affinity(),
        controller,
        tolerance);
  }

  private static TopologyTolerance tolerance(Block b) {
    return b.topologyTolerance();
  }

  private static UnaryOperator<ScriptCase> tolerances(
      TopologyTolerance from, TopologyTolerance to) {
    return blocks(
        b -> topology(b, b.controller(), tolerance(b) == from ? to : b.topologyTolerance()));
  }

  private static Block withItems(
      Block b, Function<Optional<Invalidate>, Optional<Invalidate>> change) {
    return switch (b.workers()) {
      case Workers.All() -> b;
      case Workers.Named(List<NamedItem> items, _) ->
          withWorkers(
              b,
              ScriptCase.named(
                  items.stream()
                      .map(i -> new NamedItem(i.name(), i.line(), change.apply(i.invalidate())))
                      .toList()));
      case Workers.Sets(List<SetItem> items) ->
          withWorkers(
              b,
              new Workers.Sets(
                  items.stream()
                      .map(
                          i ->
                              new SetItem(
                                  i.label(), i.line(), i.strategy(), change.apply(i.invalidate())))
                      .toList()));
    };
  }

  private static UnaryOperator<ScriptCase> invalidates(UnaryOperator<Invalidate> change) {
    return blocks(
        b -> {
          Block inside = withItems(b, own -> own.map(change));
          return block(
              inside, inside.workers(), b.strategy(), change.apply(b.invalidate()), b.affinity());
        });
  }

  private static Invalidate bounds(Invalidate i, double percent, int calls, boolean overload) {
    return new Invalidate(i.line(), percent, calls, overload, i.maxLatencyMillis());
  }

  private static Invalidate plus(Invalidate i, int calls) {
    int max = i.maxConcurrentInvocations();
    return bounds(
        i,
        i.capacityUsedPercent(),
        max == Integer.MAX_VALUE ? max : Math.max(0, max + calls),
        i.overload());
  }

  private static double below(Invalidate i) {
    return i.boundsLatency() ? i.maxLatencyMillis() - 0.5 : UNBOUNDED;
  }

  private static Invalidate latency(Invalidate i, double millis) {
    return new Invalidate(
        i.line(), i.capacityUsedPercent(), i.maxConcurrentInvocations(), i.overload(), millis);
  }

  private static Invalidate both(Invalidate a, Invalidate b) {
    return new Invalidate(
        a.line(),
        Math.min(a.capacityUsedPercent(), b.capacityUsedPercent()),
        Math.min(a.maxConcurrentInvocations(), b.maxConcurrentInvocations()),
        a.overload() || b.overload(),
        Math.min(a.maxLatencyMillis(), b.maxLatencyMillis()));
  }

  private static Block reversedNames(Block b) {
    return b.workers() instanceof Workers.Named(List<NamedItem> items, _)
        ? withWorkers(b, ScriptCase.named(items.reversed()))
        : b;
  }

  private static Block reversedSets(Block b) {
    return b.workers() instanceof Workers.Sets(List<SetItem> items)
        ? withWorkers(b, new Workers.Sets(items.reversed()))
        : b;
  }

  private static UnaryOperator<ScriptCase> sets(UnaryOperator<SetItem> change) {
    return blocks(
        b ->
            b.workers() instanceof Workers.Sets(List<SetItem> items)
                ? withWorkers(b, new Workers.Sets(items.stream().map(change).toList()))
                : b);
  }

  private static SetItem set(SetItem s, String label, Strategy strategy) {
    return new SetItem(label, s.line(), strategy, s.invalidate());
  }

  /** The policy takes the empty label for all, so nobody has this one. */
  private static String label(SetItem s) {
    return s.label().isEmpty() ? "nobody" : s.label();
  }
}
