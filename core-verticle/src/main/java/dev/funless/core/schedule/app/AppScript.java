package dev.funless.core.schedule.app;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration script of the APP family, as it was written: what each tag's functions may run
 * on. Immutable; {@link AppParser} makes it. Lines are those of the text, from 1.
 *
 * <p>Source: G. De Palma, S. Giallorenzo, J. Mauro, G. Zavattaro, Allocation Priority Policies for
 * Serverless Function-execution Scheduling Optimisation, ICSOC 2020; and its extensions tAPP
 * (topology), aAPP (affinity) and cAPP (latency), which are all parts of the one language here.
 *
 * @param tags by name, in the order of the text; at least one
 */
public record AppScript(Map<String, Tag> tags) {

  /** Covers functions whose tag the script does not have. */
  public static final String DEFAULT_TAG = "default";

  public AppScript {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /**
   * What a function's tag picks.
   *
   * @param blocks tried in the order of {@code strategy}; at least one
   * @param strategy {@link Strategy#BEST_FIRST}: from the top, or {@link Strategy#RANDOM}
   * @param followup what follows where no block has a valid worker
   */
  public record Tag(
      String name, int line, List<Block> blocks, Strategy strategy, Followup followup) {

    public Tag {
      blocks = List.copyOf(blocks);
    }
  }

  /** What follows where no block of a tag has a valid worker. */
  public enum Followup {
    /** The tag {@link #DEFAULT_TAG} is tried, where there is one. */
    DEFAULT,
    /** The invocation fails. */
    FAIL
  }

  /**
   * A set of workers, and how one of them is picked.
   *
   * @param number its place in its tag, from 1
   * @param strategy how workers are ordered; sets, where the block lists sets
   * @param invalidate holds for all items that have none of their own
   * @param controller the core that the block is for; absent where it is for every core
   */
  public record Block(
      int number,
      int line,
      Workers workers,
      Strategy strategy,
      Invalidate invalidate,
      Affinity affinity,
      Optional<String> controller,
      TopologyTolerance topologyTolerance) {}

  /** Which workers a block is about. */
  public sealed interface Workers {

    /** {@code workers: "*"}. */
    record All() implements Workers {}

    /**
     * Workers by name.
     *
     * @param items at least one, in the order of the text
     * @param places of each name in {@code items}, from 0
     */
    record Named(List<NamedItem> items, Map<String, Integer> places) implements Workers {

      public Named {
        items = List.copyOf(items);
        // Names that differ in a number have neighbouring hashes, which Map.copyOf is slow to find.
        places = Collections.unmodifiableMap(new HashMap<>(places));
      }
    }

    /**
     * Sets of workers.
     *
     * @param items at least one, in the order of the text
     */
    record Sets(List<SetItem> items) implements Workers {

      public Sets {
        items = List.copyOf(items);
      }
    }
  }

  /**
   * A worker by name: {@code - gpu1}, or {@code - wrk: gpu1}.
   *
   * @param invalidate replaces the block's
   */
  public record NamedItem(String name, int line, Optional<Invalidate> invalidate) {}

  /**
   * {@code - set: gpu}: all workers whose own tag is the label.
   *
   * @param label empty for all workers
   * @param strategy how one of the set is picked
   * @param invalidate replaces the block's
   */
  public record SetItem(
      String label, int line, Strategy strategy, Optional<Invalidate> invalidate) {}

  /** How one of several is picked. */
  public enum Strategy {
    /** The first, in the order of the text; where that names none, by name. */
    BEST_FIRST,
    /** One by chance. */
    RANDOM,
    /** As the default policy does. */
    PLATFORM,
    /** The one with the least latency to the services that the function declares. */
    MIN_LATENCY
  }

  /** What is left of a block whose {@code controller} is not the core that decides. */
  public enum TopologyTolerance {
    /** All of it. */
    ALL,
    /** The workers of the named core's zone. */
    SAME,
    /** Nothing. */
    NONE
  }

  /**
   * When a worker is not valid, beside a {@code capacity} that does not fit.
   *
   * @param line 0 where the text says nothing
   * @param capacityUsedPercent the most of a worker's memory that may be used, the function's own
   *     {@code capacity} included; infinite where there is no such bound
   * @param maxConcurrentInvocations with that many invocations a worker takes no other; {@link
   *     Integer#MAX_VALUE} where there is no such bound
   * @param overload whether a worker without a free place is not valid
   * @param maxLatencyMillis the highest cost of the function; infinite where there is no such bound
   */
  public record Invalidate(
      int line,
      double capacityUsedPercent,
      int maxConcurrentInvocations,
      boolean overload,
      double maxLatencyMillis) {

    public static final Invalidate NEVER =
        new Invalidate(
            0, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, false, Double.POSITIVE_INFINITY);

    public boolean boundsLatency() {
      return maxLatencyMillis != Double.POSITIVE_INFINITY;
    }
  }

  /**
   * What has to run on a worker, and what must not, when the decision is made.
   *
   * @param line 0 where the text says nothing
   * @param affinity tags of which each must be running there
   * @param antiaffinity tags of which none may
   */
  public record Affinity(int line, List<String> affinity, List<String> antiaffinity) {

    public static final Affinity NONE = new Affinity(0, List.of(), List.of());

    public Affinity {
      affinity = List.copyOf(affinity);
      antiaffinity = List.copyOf(antiaffinity);
    }
  }
}
