package dev.funless.core.event;

import io.vertx.core.Future;

/**
 * An open event. It connects, and connects anew with back-off for ever, by itself, and tells its
 * {@link Trigger} how it is. Confined to its event loop.
 */
public interface EventSource {

  /** Closes; nothing is invoked after the future has completed. Never fails. */
  Future<Void> close();
}
