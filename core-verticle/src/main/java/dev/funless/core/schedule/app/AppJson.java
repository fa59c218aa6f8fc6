package dev.funless.core.schedule.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;

/**
 * {@link AppScript} as JSON, as FunLess shows scripts:
 *
 * <pre>{@code
 * {"tags": {"image_work": {"blocks": [{
 *     "workers": ["gpu1", "gpu2"],
 *     "strategy": "best-first",
 *     "invalidate": {"capacity_used": 80, "max_concurrent_invocations": "infinity"},
 *     "affinity": {"affinity": ["cache"], "antiaffinity": ["heavy"]}}],
 *   "followup": "default"}}}
 * }</pre>
 *
 * <p>What FunLess does not have appears, with the script's own keys, only where a script differs
 * from the default: {@code overload} and {@code max_latency}, {@code controller} and {@code
 * topology_tolerance}, a tag's {@code strategy}, and {@code wrk} and {@code set} in place of plain
 * names.
 */
public final class AppJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String INFINITY = "infinity";

  private AppJson() {}

  /** The tree's text, in one line. */
  public static String text(AppScript script) {
    return tree(script).toString();
  }

  /** A new tree, which is the caller's. */
  public static ObjectNode tree(AppScript script) {
    ObjectNode tags = NODES.objectNode();
    script.tags().forEach((name, tag) -> tags.set(name, tag(tag)));
    ObjectNode tree = NODES.objectNode();
    tree.set("tags", tags);
    return tree;
  }

  private static ObjectNode tag(Tag tag) {
    ObjectNode tree = NODES.objectNode();
    ArrayNode blocks = tree.putArray("blocks");
    tag.blocks().forEach(block -> blocks.add(block(block)));
    tree.put("followup", word(tag.followup()));
    if (tag.strategy() != Strategy.BEST_FIRST) {
      tree.put("strategy", word(tag.strategy()));
    }
    return tree;
  }

  private static ObjectNode block(Block block) {
    ObjectNode tree = NODES.objectNode();
    putWorkers(tree, block.workers());
    tree.put("strategy", word(block.strategy()));
    tree.set("invalidate", invalidate(block.invalidate()));
    tree.set("affinity", affinity(block.affinity()));
    block.controller().ifPresent(controller -> tree.put("controller", controller));
    if (block.topologyTolerance() != TopologyTolerance.ALL) {
      tree.put("topology_tolerance", word(block.topologyTolerance()));
    }
    return tree;
  }

  private static void putWorkers(ObjectNode block, Workers workers) {
    switch (workers) {
      case Workers.All() -> block.put("workers", "*");
      case Workers.Named named -> {
        ArrayNode items = block.putArray("workers");
        named.items().forEach(item -> addNamed(items, item));
      }
      case Workers.Sets sets -> {
        ArrayNode items = block.putArray("workers");
        sets.items().forEach(item -> addSet(items, item));
      }
    }
  }

  private static void addNamed(ArrayNode items, NamedItem item) {
    if (item.invalidate().isEmpty()) {
      items.add(item.name());
      return;
    }
    ObjectNode tree = items.addObject().put("wrk", item.name());
    tree.set("invalidate", invalidate(item.invalidate().orElseThrow()));
  }

  private static void addSet(ArrayNode items, SetItem item) {
    ObjectNode tree =
        items.addObject().put("set", item.label()).put("strategy", word(item.strategy()));
    item.invalidate().ifPresent(invalidate -> tree.set("invalidate", invalidate(invalidate)));
  }

  private static ObjectNode invalidate(Invalidate invalidate) {
    ObjectNode tree = NODES.objectNode();
    putBound(tree, "capacity_used", invalidate.capacityUsedPercent());
    putBound(
        tree,
        "max_concurrent_invocations",
        invalidate.maxConcurrentInvocations() == Integer.MAX_VALUE
            ? Double.POSITIVE_INFINITY
            : invalidate.maxConcurrentInvocations());
    if (invalidate.overload()) {
      tree.put("overload", true);
    }
    if (Double.isFinite(invalidate.maxLatencyMillis())) {
      putBound(tree, "max_latency", invalidate.maxLatencyMillis());
    }
    return tree;
  }

  /** Whole numbers without a point. */
  private static void putBound(ObjectNode tree, String key, double bound) {
    if (Double.isInfinite(bound)) {
      tree.put(key, INFINITY);
    } else if (bound == Math.rint(bound)) {
      tree.put(key, (long) bound);
    } else {
      tree.put(key, bound);
    }
  }

  private static ObjectNode affinity(Affinity affinity) {
    ObjectNode tree = NODES.objectNode();
    tree.set("affinity", texts(affinity.affinity()));
    tree.set("antiaffinity", texts(affinity.antiaffinity()));
    return tree;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode tree = NODES.arrayNode();
    texts.forEach(tree::add);
    return tree;
  }

  private static String word(Strategy strategy) {
    return switch (strategy) {
      case BEST_FIRST -> "best-first";
      case RANDOM -> "random";
      case PLATFORM -> "platform";
      case MIN_LATENCY -> "min_latency";
    };
  }

  private static String word(Followup followup) {
    return switch (followup) {
      case DEFAULT -> "default";
      case FAIL -> "fail";
    };
  }

  private static String word(TopologyTolerance tolerance) {
    return switch (tolerance) {
      case ALL -> "all";
      case SAME -> "same";
      case NONE -> "none";
    };
  }
}
