package dev.funless.core.http;

import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.catalog.LimitsConfig;
import dev.funless.core.catalog.MetadataJson;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parts of a form that creates or updates a function.
 *
 * @param name absent where it was not sent
 * @param code the file's place; absent where it was not sent
 * @param metadata absent where it was not sent
 * @param events what was asked for, absent where nothing was sent
 * @param sinks what was asked for, absent where nothing was sent
 * @param waitForWorkers whether the answer waits for the workers
 */
record Upload(
    Optional<String> name,
    Optional<Path> code,
    Optional<FunctionMetadata> metadata,
    Optional<List<JsonObject>> events,
    Optional<List<JsonObject>> sinks,
    boolean waitForWorkers) {

  private static final Pattern FORM =
      Pattern.compile(
          "multipart/form-data\\s*;.*boundary=(\"[^\"]+\"|[^\"\\s;]+).*", Pattern.CASE_INSENSITIVE);

  /** What is no form is refused before its body is read. */
  static void requireForm(RoutingContext request) {
    String type = request.request().getHeader("Content-Type");
    if (type == null || !FORM.matcher(type).matches()) {
      throw JsonBody.malformed("The body must be a form (multipart/form-data, with a boundary).");
    }
  }

  /** Reads what the body handler has taken apart; what is malformed is told by its part. */
  static Upload of(RoutingContext request, LimitsConfig limits) {
    MultiMap form = request.request().formAttributes();
    return new Upload(
        Optional.ofNullable(form.get("name")),
        code(request),
        Optional.ofNullable(form.get("metadata")).map(json -> metadata(json, limits)),
        Optional.ofNullable(form.get("events")).map(json -> list("events", json)),
        Optional.ofNullable(form.get("sinks")).map(json -> list("sinks", json)),
        flag(form.get("wait_for_workers")));
  }

  private static Optional<Path> code(RoutingContext request) {
    List<FileUpload> files =
        request.fileUploads().stream().filter(file -> file.name().equals("code")).toList();
    if (files.size() > 1) {
      throw JsonBody.malformed("There is more than one part 'code'.");
    }
    if (files.isEmpty() && request.request().formAttributes().contains("code")) {
      throw JsonBody.malformed("The part 'code' must be a file.");
    }
    return files.stream().findFirst().map(file -> Path.of(file.uploadedFileName()));
  }

  private static FunctionMetadata metadata(String json, LimitsConfig limits) {
    try {
      FunctionMetadata metadata = MetadataJson.parse(json);
      limits.check(metadata);
      return metadata;
    } catch (IllegalArgumentException e) {
      throw JsonBody.malformed(e.getMessage());
    }
  }

  private static List<JsonObject> list(String part, String json) {
    try {
      JsonArray array = new JsonArray(json);
      for (Object element : array) {
        if (!(element instanceof JsonObject)) {
          throw JsonBody.malformed("The part '" + part + "' must be a JSON list of objects.");
        }
      }
      return array.stream().map(JsonObject.class::cast).toList();
    } catch (DecodeException | ClassCastException e) {
      throw JsonBody.malformed("The part '" + part + "' must be a JSON list of objects.");
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case null -> true;
      case "true" -> true;
      case "false" -> false;
      default -> throw JsonBody.malformed("The part 'wait_for_workers' must be true or false.");
    };
  }

  String requiredName() {
    return NamedBody.name(
        name.orElseThrow(() -> JsonBody.malformed("The part 'name' is missing.")));
  }

  Path requiredCode() {
    return code.orElseThrow(() -> JsonBody.malformed("The part 'code' is missing."));
  }
}
