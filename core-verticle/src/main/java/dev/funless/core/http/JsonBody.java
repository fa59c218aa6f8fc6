package dev.funless.core.http;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Reads the body of a request that is JSON, whatever its content type says. */
final class JsonBody {

  private JsonBody() {}

  /** Fails with TOO_LARGE as soon as the body is known to exceed the limit. */
  static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
    String declared = request.getHeader("Content-Length");
    if (declared != null && isMoreThan(declared, maxBytes)) {
      return Future.failedFuture(tooLarge(maxBytes));
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(promise::tryFail);
    request.endHandler(_ -> promise.tryComplete(body));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > maxBytes) {
            promise.tryFail(tooLarge(maxBytes));
          } else {
            body.appendBuffer(chunk);
          }
        });
    return promise.future();
  }

  private static boolean isMoreThan(String declared, int maxBytes) {
    try {
      return Long.parseLong(declared) > maxBytes;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  static FailureException tooLarge(long maxBytes) {
    return new Failure(
            Category.TOO_LARGE,
            "too_large",
            "The request is larger than the " + maxBytes + " bytes that are allowed.")
        .exception();
  }

  static JsonObject object(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw malformed("The body must be a JSON object.");
    }
  }

  static FailureException malformed(String detail) {
    return new Failure(Category.MALFORMED, "malformed", detail).exception();
  }
}
