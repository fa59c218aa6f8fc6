package dev.funless.worker.code;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.CodeRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Fetches code from the cores, a chunk at a time, so that what else is said on the connection is
 * hardly delayed, and of a few modules at once. Confined to the worker's event loop.
 */
public final class CodeFetcher {

  private static final Duration CHUNK_PATIENCE = Duration.ofSeconds(10);
  private static final int TRIES = 3;

  /** Each has one chunk under way. */
  private static final int FETCHES_AT_ONCE = 4;

  private final Bus bus;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int fetching;

  public CodeFetcher(Bus bus) {
    this.bus = bus;
  }

  /** Completes with the whole, whose hash was checked. */
  Future<byte[]> fetch(String sha256, long bytes) {
    Promise<byte[]> fetched = Promise.promise();
    waiting.add(() -> whole(sha256, bytes).onComplete(fetched));
    startNext();
    return fetched.future().onComplete(_ -> ended());
  }

  private void startNext() {
    if (fetching < FETCHES_AT_ONCE && !waiting.isEmpty()) {
      fetching++;
      waiting.remove().run();
    }
  }

  private void ended() {
    fetching--;
    startNext();
  }

  private Future<byte[]> whole(String sha256, long bytes) {
    return next(sha256, new byte[(int) bytes], 0)
        .compose(
            code ->
                CodeFiles.sha256(code).equals(sha256)
                    ? Future.succeededFuture(code)
                    : Future.failedFuture(damaged()));
  }

  private Future<byte[]> next(String sha256, byte[] code, int index) {
    long offset = (long) index * CodeRequest.CHUNK_BYTES;
    if (offset >= code.length) {
      return Future.succeededFuture(code);
    }
    return chunk(new CodeRequest(sha256, index), TRIES)
        .compose(
            chunk -> {
              int expected = (int) Math.min(CodeRequest.CHUNK_BYTES, code.length - offset);
              if (chunk.bytes().length != expected) {
                return Future.failedFuture(damaged());
              }
              System.arraycopy(chunk.bytes(), 0, code, (int) offset, expected);
              return next(sha256, code, index + 1);
            });
  }

  /** Another try goes to another core, where there is one. */
  private Future<CodeChunk> chunk(CodeRequest request, int tries) {
    return bus.request(Addresses.CODE, request, CHUNK_PATIENCE)
        .recover(e -> tries > 1 ? chunk(request, tries - 1) : Future.failedFuture(e));
  }

  private static Throwable damaged() {
    return new Failure(
            Category.UNAVAILABLE, "code_damaged", "The code arrived damaged at the worker.")
        .exception();
  }
}
