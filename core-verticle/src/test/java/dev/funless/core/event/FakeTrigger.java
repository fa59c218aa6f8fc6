package dev.funless.core.event;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The platform as one event sees it. */
public final class FakeTrigger implements Trigger {

  private final Vertx vertx;
  private final long id;
  public final List<String> invoked = new CopyOnWriteArrayList<>();
  public final List<String> states = new CopyOnWriteArrayList<>();
  public final List<String> refusals = new CopyOnWriteArrayList<>();
  public final List<String> noted = new CopyOnWriteArrayList<>();
  public volatile Function<String, Future<InvokeAnswer>> function = _ -> ok();
  public volatile String progress = "";
  public volatile boolean isOwned = true;
  public volatile boolean canNote = true;

  public FakeTrigger(Vertx vertx, long id) {
    this.vertx = vertx;
    this.id = id;
  }

  public static Future<InvokeAnswer> ok() {
    return Future.succeededFuture(answer(Optional.empty()));
  }

  public static Future<InvokeAnswer> failing(Category category) {
    return Future.succeededFuture(answer(Optional.of(new Failure(category, "code", "It failed."))));
  }

  private static InvokeAnswer answer(Optional<Failure> failure) {
    return new InvokeAnswer("i", "w", new byte[0], failure, Optional.empty(), List.of());
  }

  public String state() {
    return states.isEmpty() ? "waiting" : states.getLast();
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public long eventId() {
    return id;
  }

  @Override
  public Future<InvokeAnswer> invoke(byte[] args) {
    if (!isOwned) {
      return Future.failedFuture(
          new Failure(Category.UNAVAILABLE, "not_owned", "Not owned.").exception());
    }
    String text = new String(args, StandardCharsets.UTF_8);
    invoked.add(text);
    // As the scheduler's, the answer comes on the caller's context, whoever completes it.
    Context caller = vertx.getOrCreateContext();
    Promise<InvokeAnswer> answer = Promise.promise();
    function
        .apply(text)
        .onComplete(
            done ->
                caller.runOnContext(
                    _ -> {
                      if (done.succeeded()) {
                        answer.complete(done.result());
                      } else {
                        answer.fail(done.cause());
                      }
                    }));
    return answer.future();
  }

  @Override
  public boolean isOwned() {
    return isOwned;
  }

  @Override
  public void connected() {
    states.add("connected");
  }

  @Override
  public void failed(String why) {
    states.add(why);
  }

  @Override
  public void refused(String why) {
    refusals.add(why);
  }

  @Override
  public String progress() {
    return progress;
  }

  @Override
  public Future<Void> progress(String text) {
    if (!isOwned || !canNote) {
      return Future.failedFuture(
          new Failure(Category.UNAVAILABLE, "not_owned", "Not owned.").exception());
    }
    noted.add(text);
    progress = text;
    return Future.succeededFuture();
  }
}
