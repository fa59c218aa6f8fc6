package dev.funless.shared.protocol;

import io.vertx.core.Context;

/** Runs things on the event loop of a context, at once where the caller is there. Thread-safe. */
final class Loop {

  private final Context context;

  /** Null until the loop has run once. */
  private volatile Thread thread;

  Loop(Context context) {
    this.context = context;
    context.runOnContext(_ -> thread = Thread.currentThread());
  }

  /** Contexts are duplicated for each message, so it is the thread that tells. */
  void run(Runnable action) {
    if (Thread.currentThread() == thread) {
      action.run();
    } else {
      afterThisTurn(action);
    }
  }

  /** Runs it behind all that the loop has to do now. */
  void afterThisTurn(Runnable action) {
    context.runOnContext(_ -> action.run());
  }
}
