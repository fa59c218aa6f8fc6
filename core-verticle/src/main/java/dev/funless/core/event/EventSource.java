package dev.funless.core.event;

import io.vertx.core.Future;

/**
 * An open event. It connects, and connects anew with back-off for ever, by itself, and tells its
 * {@link Trigger} how it is. Confined to its event loop.
 */
public interface EventSource {

  /** Why a source is closed. */
  enum Ending {
    /** Another core goes on with it. */
    HANDED_ON,
    /** The event is gone, so nothing of it should stay elsewhere. */
    REMOVED,
    /** This core may have it no longer: everything ends at once. */
    LOST
  }

  /**
   * Closes; nothing is invoked after the future has completed. What is being invoked may be seen
   * through for a moment, unless the event was lost. Never fails.
   */
  Future<Void> close(Ending ending);
}
