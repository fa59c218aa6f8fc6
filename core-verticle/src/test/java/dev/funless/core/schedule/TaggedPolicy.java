package dev.funless.core.schedule;

import java.util.Comparator;
import java.util.List;

/** Among the workers of a tag, takes the one with the fewest calls of this core. */
final class TaggedPolicy implements SchedulingPolicy<TaggedConfig> {

  private static final int DEFAULT_MAX_QUEUED = 10;

  @Override
  public Selection select(
      TaggedConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    return workers.stream()
        .filter(Worker::reported)
        .filter(worker -> worker.tag().equals(config.tag()))
        .filter(worker -> worker.queued() <= config.maxQueued().orElse(DEFAULT_MAX_QUEUED))
        .filter(worker -> worker.memoryAvailableBytes() >= call.function().capacityBytes())
        .min(Comparator.comparingInt(Worker::sent))
        .<Selection>map(Selection.Chosen::new)
        .orElseGet(
            () -> new Selection.None("No worker tagged '" + config.tag() + "' can take the call."));
  }
}
