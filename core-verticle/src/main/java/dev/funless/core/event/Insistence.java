package dev.funless.core.event;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Invokes an event's function until an invocation has ended: with a result, or a failure of the
 * function. What certainly did not run for lack of workers, places or the database is tried again,
 * with back-off. Confined to the event's loop.
 */
public final class Insistence {

  /** Nothing ran. */
  public static final Set<Category> NOTHING_RAN =
      Set.of(Category.LIMITED, Category.BUSY, Category.UNAVAILABLE);

  /** It may have run, or not to its end. */
  public static final Set<Category> UNFINISHED =
      Set.of(Category.LIMITED, Category.BUSY, Category.UNAVAILABLE, Category.WORKER_LOST);

  private final Trigger trigger;
  private final byte[] args;
  private final Set<Category> again;
  private final BooleanSupplier goesOn;
  private final BackOff backOff = new BackOff();

  /**
   * @param again which failures are tried again
   * @param goesOn whether it is still worth while
   */
  public Insistence(Trigger trigger, byte[] args, Set<Category> again, BooleanSupplier goesOn) {
    this.trigger = trigger;
    this.args = args;
    this.again = again;
    this.goesOn = goesOn;
  }

  /**
   * Never fails.
   *
   * @return whether the invocation has ended; otherwise what brought it must not be acknowledged
   */
  public Future<Boolean> invoke() {
    return trigger.invoke(args).transform(this::ended);
  }

  private Future<Boolean> ended(AsyncResult<InvokeAnswer> done) {
    Optional<Category> failure = failure(done);
    if (!trigger.isOwned() || failure.equals(Optional.of(Category.NOT_FOUND))) {
      return Future.succeededFuture(false);
    }
    if (failure.isEmpty() || !again.contains(failure.get())) {
      return Future.succeededFuture(true);
    }
    return trigger
        .vertx()
        .timer(backOff.nextMillis())
        .compose(
            _ ->
                goesOn.getAsBoolean() && trigger.isOwned()
                    ? invoke()
                    : Future.succeededFuture(false));
  }

  private static Optional<Category> failure(AsyncResult<InvokeAnswer> done) {
    if (done.succeeded()) {
      return done.result().failure().map(Failure::category);
    }
    return Optional.of(
        done.cause() instanceof FailureException expected
            ? expected.failure().category()
            : Category.INTERNAL);
  }
}
