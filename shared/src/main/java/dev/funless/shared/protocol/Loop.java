package dev.funless.shared.protocol;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Runs things on the event loop of a context, at once where the caller is there. Thread-safe. */
public final class Loop {

  private final Context context;

  /** Null until the loop has run once. */
  private volatile Thread thread;

  public Loop(Context context) {
    this.context = context;
    context.runOnContext(_ -> thread = Thread.currentThread());
  }

  /** Asks on the loop; the future completes there, or on the caller's own context elsewhere. */
  public <A> Future<A> ask(Supplier<Future<A>> question) {
    if (isHere()) {
      return question.get();
    }
    Context caller = context.owner().getOrCreateContext();
    Promise<A> answer = Promise.promise();
    afterThisTurn(
        () ->
            Future.succeededFuture()
                .compose(_ -> question.get())
                .onComplete(done -> caller.runOnContext(_ -> answer.handle(done))));
    return answer.future();
  }

  void run(Runnable action) {
    if (isHere()) {
      action.run();
    } else {
      afterThisTurn(action);
    }
  }

  /** Runs it behind all that the loop has to do now. */
  void afterThisTurn(Runnable action) {
    context.runOnContext(_ -> action.run());
  }

  /** Contexts are duplicated for each message, so it is the thread that tells. */
  private boolean isHere() {
    return Thread.currentThread() == thread;
  }
}
