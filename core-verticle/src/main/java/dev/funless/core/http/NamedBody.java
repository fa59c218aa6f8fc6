package dev.funless.core.http;

import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.Names;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The part of bodies such as {@code {"module": {"name": …}}}. */
final class NamedBody {

  private NamedBody() {}

  static JsonObject part(JsonObject body, String key) {
    Object part = body.getValue(key);
    if (part == null) {
      throw new InvalidField("name", "can't be blank");
    }
    if (part instanceof JsonObject object) {
      return object;
    }
    throw JsonBody.malformed("'" + key + "' must be an object.");
  }

  static String name(JsonObject part) {
    Object name = part.getValue("name");
    if (name == null) {
      throw new InvalidField("name", "can't be blank");
    }
    if (!(name instanceof String text)) {
      throw new InvalidField("name", "must be a text");
    }
    return name(text);
  }

  static String name(String name) {
    if (name.isEmpty()) {
      throw new InvalidField("name", "can't be blank");
    }
    if (!Names.isValid(name)) {
      throw new InvalidField(
          "name", "must be 1 to 160 characters of letters A to Z, digits and underscores");
    }
    return name;
  }

  /** Names that are taken are, where the reference says so, invalid rather than a conflict. */
  static <T> Future<T> takenIsInvalid(Throwable e) {
    boolean taken =
        e instanceof FailureException expected
            && expected.failure().category() == Category.CONFLICT;
    return Future.failedFuture(taken ? new InvalidField("name", "has already been taken") : e);
  }
}
