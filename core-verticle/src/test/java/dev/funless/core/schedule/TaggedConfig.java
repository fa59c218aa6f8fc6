package dev.funless.core.schedule;

import java.util.Optional;

/**
 * Keeps a function on the workers of one tag.
 *
 * @param tag the workers' tag
 * @param maxQueued how many calls may wait on a worker that is still taken; 10 where it is not
 *     given
 */
record TaggedConfig(String tag, Optional<Integer> maxQueued) implements PolicyConfig {

  TaggedConfig {
    if (tag == null || tag.isEmpty()) {
      throw new IllegalArgumentException("tag must name the workers' tag.");
    }
    if (maxQueued.orElse(0) < 0) {
      throw new IllegalArgumentException("max_queued must be 0 or more.");
    }
  }
}
