package dev.funless.engine;

import java.util.function.Consumer;

/** A call that has been accepted, and whom to tell how it ended. */
final class QueuedCall {

  private final LoadedFunction function;
  private final Call call;
  private final Consumer<Outcome> done;

  /**
   * Whether it was started under the rules of quarantine; guarded by the lock of {@link Places}.
   */
  boolean quarantined;

  QueuedCall(LoadedFunction function, Call call, Consumer<Outcome> done) {
    this.function = function;
    this.call = call;
    this.done = done;
  }

  LoadedFunction function() {
    return function;
  }

  Call call() {
    return call;
  }

  Consumer<Outcome> done() {
    return done;
  }
}
