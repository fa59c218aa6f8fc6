package dev.funless.worker.outbound;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One request to one address, and its answer. The guest's thread waits in {@link #await}; all else
 * happens on the event loop of {@code context}, which owns the fields that change.
 */
final class Exchange {

  /** What a redirect may say besides where it leads, read so that its connection can be reused. */
  private static final int REDIRECT_BODY_BYTES = 65_536;

  private final Context context;
  private final HttpClient client;
  private final int maxAnswerBytes;
  private final BooleanSupplier crowded;

  /** Completed once, by the event loop or by the guest's thread giving up. */
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  private HttpClientRequest request;

  sealed interface Reply {
    record Answered(int status, byte[] body) implements Reply {}

    record Redirected(int status, String location) implements Reply {}
  }

  /** No connection came about, so nothing has been sent: another address may be tried. */
  static final class NotConnected extends IOException {
    NotConnected(Throwable cause) {
      super(cause);
    }
  }

  /**
   * @param context an event loop's
   * @param crowded whether so many connections are open that this one is to be closed afterwards
   */
  Exchange(Context context, HttpClient client, int maxAnswerBytes, BooleanSupplier crowded) {
    this.context = context;
    this.client = client;
    this.maxAnswerBytes = maxAnswerBytes;
    this.crowded = crowded;
  }

  /** Sends the request; to be called once. */
  void send(RequestOptions options, byte[] body) {
    context.runOnContext(
        _ -> {
          if (!reply.isDone()) {
            connect(options, Buffer.buffer(body));
          }
        });
  }

  /**
   * Waits for the answer, or resets the request where there is none in time or the thread is
   * interrupted.
   *
   * @throws NotConnected where nothing has been sent
   * @throws IOException for every other failure
   */
  Reply await(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
    try {
      return reply.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      if (reply.cancel(false)) {
        context.runOnContext(_ -> reset());
      }
    }
  }

  private void connect(RequestOptions options, Buffer body) {
    if (crowded.getAsBoolean()) {
      options.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    try {
      client.request(options).onComplete(connected -> connected(connected, body));
    } catch (RuntimeException e) {
      reply.completeExceptionally(new IOException(e));
    }
  }

  private void connected(AsyncResult<HttpClientRequest> connected, Buffer body) {
    if (connected.failed()) {
      reply.completeExceptionally(new NotConnected(connected.cause()));
      return;
    }
    request = connected.result();
    request.exceptionHandler(this::fail);
    if (reply.isDone()) {
      reset();
      return;
    }
    request
        .response()
        .onComplete(
            answer -> {
              if (answer.succeeded()) {
                read(answer.result());
              } else {
                fail(answer.cause());
              }
            });
    if (body.length() > 0) {
      request.end(body);
    } else {
      request.end();
    }
  }

  private void read(HttpClientResponse response) {
    int status = response.statusCode();
    String location = response.getHeader(HttpHeaders.LOCATION);
    if (location != null && Hop.isRedirect(status)) {
      var redirected = new Reply.Redirected(status, location);
      collect(response, REDIRECT_BODY_BYTES, _ -> redirected, () -> reply.complete(redirected));
    } else {
      collect(
          response,
          maxAnswerBytes,
          body -> new Reply.Answered(status, body.getBytes()),
          () ->
              reply.completeExceptionally(
                  new IOException("the answer is larger than " + maxAnswerBytes + " bytes")));
    }
  }

  private void collect(
      HttpClientResponse response, int maxBytes, Function<Buffer, Reply> whole, Runnable tooLarge) {
    response.exceptionHandler(this::fail);
    if (announcedBytes(response) > maxBytes) {
      tooLarge.run();
      reset();
      return;
    }
    Buffer body = Buffer.buffer();
    response.endHandler(_ -> reply.complete(whole.apply(body)));
    response.handler(
        chunk -> {
          if (reply.isDone()) {
            return;
          }
          if (body.length() + chunk.length() > maxBytes) {
            tooLarge.run();
            reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
  }

  /** 0 where the answer does not say; only a hint, the bytes are counted as they come. */
  private static long announcedBytes(HttpClientResponse response) {
    try {
      String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void fail(Throwable cause) {
    reply.completeExceptionally(new IOException(cause));
  }

  /** For HTTP/1.1 that closes the connection, so nothing of the answer is left in it. */
  private void reset() {
    if (request != null) {
      request.reset();
    }
  }
}
