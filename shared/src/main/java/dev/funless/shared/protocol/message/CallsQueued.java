package dev.funless.shared.protocol.message;

import java.util.List;

/**
 * A worker tells a core which of its calls wait. From then on such a call starts only when the core
 * has allowed it, so until then the core can have it run elsewhere.
 *
 * @param workerId the worker that tells
 * @param invocationIds the calls that wait and have not started
 */
public record CallsQueued(String workerId, List<String> invocationIds) {

  public CallsQueued {
    invocationIds = List.copyOf(invocationIds);
  }
}
