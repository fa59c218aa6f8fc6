package dev.funless.shared.protocol.message;

import java.util.List;

/**
 * What became of calls that a worker could not start at once. A call that was named as queued does
 * not start before its core was told so: until then it can be run elsewhere.
 *
 * @param workerId the worker that tells
 * @param queued invocations that wait and have not started
 * @param started invocations, named as queued before, that start now
 */
public record Progress(String workerId, List<String> queued, List<String> started) {

  public Progress {
    queued = List.copyOf(queued);
    started = List.copyOf(started);
  }
}
