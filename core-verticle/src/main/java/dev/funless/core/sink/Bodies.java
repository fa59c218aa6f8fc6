package dev.funless.core.sink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Makes messages of results, large ones not on an event loop. */
final class Bodies {

  /** About a millisecond's work. */
  private static final int SMALL = 64 * 1024;

  private Bodies() {}

  static <B> Future<B> made(Vertx vertx, Result result, Supplier<B> body) {
    return result.json().length() <= SMALL
        ? Future.succeededFuture(body.get())
        : vertx.executeBlocking(body::get, false);
  }
}
