package dev.funless.worker.invoke;

import dev.funless.shared.protocol.message.RunRequest;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A call that this worker has taken. Its stage is moved on by the event loop and by the guest's
 * thread; all else is fixed.
 */
final class RunningCall {

  /** How far the call is. */
  enum Stage {
    /** It waits, and its core does not know. */
    QUEUED,
    /** It waits, its core knows, and is to be asked before it starts. */
    ANNOUNCED,
    /** It runs, or has run. */
    STARTED
  }

  final RunRequest request;
  final long queuedNanos = System.nanoTime();
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);

  RunningCall(RunRequest request) {
    this.request = request;
  }

  /** False where it has started, or was announced before. */
  boolean announce() {
    return stage.compareAndSet(Stage.QUEUED, Stage.ANNOUNCED);
  }

  /** Notes the start; true where nobody needs to be asked. */
  boolean startUnannounced() {
    return stage.compareAndSet(Stage.QUEUED, Stage.STARTED);
  }

  void startAllowed() {
    stage.set(Stage.STARTED);
  }

  boolean hasStarted() {
    return stage.get() == Stage.STARTED;
  }
}
