package dev.funless.shared.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  /** A thread that is no event loop gets a context of its own, each on the next loop. */
  private final Context other = CompletableFuture.supplyAsync(vertx::getOrCreateContext).join();

  private final Loop loop = new Loop(context);
  private Thread thread;
  private Thread otherThread;

  @BeforeEach
  void findThreads() throws Exception {
    thread = on(context, Thread::currentThread);
    otherThread = on(other, Thread::currentThread);
    assertNotEquals(thread, otherThread);
  }

  @AfterEach
  void close() throws Exception {
    finish(vertx.close());
  }

  @Test
  void whoIsOnTheLoopIsAnsweredAtOnce() throws Exception {
    assertTrue(
        on(
            context,
            () -> loop.ask(() -> Future.succeededFuture(Thread.currentThread())).isComplete()));
  }

  @Test
  void whoIsElsewhereIsAnsweredWhereItAsked() throws Exception {
    Promise<Thread> answeredOn = Promise.promise();

    Thread askedOn =
        finish(
            on(
                other,
                () ->
                    loop.ask(() -> Future.succeededFuture(Thread.currentThread()))
                        .onComplete(_ -> answeredOn.complete(Thread.currentThread()))));

    assertSame(thread, askedOn);
    assertSame(otherThread, finish(answeredOn.future()));
  }

  @Test
  void aQuestionThatThrowsFails() {
    IllegalStateException defect = new IllegalStateException("defect");

    Exception e =
        assertThrows(
            Exception.class,
            () ->
                finish(
                    loop.ask(
                        () -> {
                          throw defect;
                        })));

    assertSame(defect, e);
  }

  @Test
  void whatIsToRunBehindTheTurnDoes() throws Exception {
    StringBuilder order = new StringBuilder();
    on(
        context,
        () -> {
          loop.afterThisTurn(() -> order.append("c"));
          loop.run(() -> order.append("a"));
          return order.append("b");
        });

    assertEquals("abc", on(context, order::toString));
  }

  private static <T> T on(Context context, Callable<T> action) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return finish(done.future());
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }
}
