package dev.funless.core.http;

import dev.funless.core.catalog.Catalog;
import dev.funless.core.catalog.CatalogWriter;
import dev.funless.core.catalog.StoredScript;
import dev.funless.core.schedule.app.InvalidScriptException;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /v1/scripts/app} and {@code /v1/scripts/app/:name}: configuration scripts. */
final class ScriptHandlers {

  /** As large as the parser takes; more is not even read. */
  private static final int MAX_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final Catalog catalog;

  ScriptHandlers(Vertx vertx, Catalog catalog) {
    this.vertx = vertx;
    this.catalog = catalog;
  }

  void list(RoutingContext request) {
    catalog
        .latest()
        .onSuccess(latest -> Answers.data(request, 200, Answers.named(latest.scripts().keySet())))
        .onFailure(e -> Answers.failure(request, e));
  }

  /** The one answer that also has the script as it was sent. */
  void show(RoutingContext request) {
    String name = Paths.script(request);
    catalog
        .latest()
        .map(latest -> latest.scripts().get(name))
        .onSuccess(
            script -> {
              if (script == null) {
                Answers.failure(request, CatalogWriter.noSuchScript(name));
              } else {
                Answers.data(request, 200, json(name, script).put("source", script.source()));
              }
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void create(RoutingContext request) {
    String given = request.request().formAttributes().get("name");
    if (given == null) {
      throw JsonBody.malformed("The part 'name' is missing.");
    }
    String name = NamedBody.name(given);
    script(request)
        .compose(
            script ->
                catalog.createScript(name, script).recover(NamedBody::takenIsInvalid).map(script))
        .onSuccess(
            script -> {
              Audit.changed(request, "created the script", name);
              Answers.data(request, 201, json(name, script));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void update(RoutingContext request) {
    String name = Paths.script(request);
    String given = request.request().formAttributes().get("name");
    if (given != null && !given.equals(name)) {
      throw new InvalidField("name", "can't be changed");
    }
    script(request)
        .compose(script -> catalog.updateScript(name, script).map(script))
        .onSuccess(
            script -> {
              Audit.changed(request, "replaced the script", name);
              Answers.data(request, 200, json(name, script));
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  void delete(RoutingContext request) {
    String name = Paths.script(request);
    catalog
        .deleteScript(name)
        .onSuccess(
            _ -> {
              Audit.changed(request, "deleted the script", name);
              Answers.none(request);
            })
        .onFailure(e -> Answers.failure(request, e));
  }

  private static JsonObject json(String name, StoredScript script) {
    return Answers.named(name).put("script", new JsonObject(script.json()));
  }

  /** Reads the part 'file', which may be a file or a text. */
  private Future<StoredScript> script(RoutingContext request) {
    List<FileUpload> files =
        request.fileUploads().stream().filter(file -> file.name().equals("file")).toList();
    String text = request.request().formAttributes().get("file");
    if (files.size() + (text == null ? 0 : 1) != 1) {
      throw JsonBody.malformed("The part 'file' must be there once, with the script.");
    }
    if (text != null) {
      // A field is decoded before; what is not UTF-8 has become this character.
      return text.indexOf('\uFFFD') < 0
          ? parsed(Buffer.buffer(text))
          : Future.failedFuture(notUtf8());
    }
    if (files.getFirst().size() > MAX_BYTES) {
      return Future.failedFuture(JsonBody.tooLarge(MAX_BYTES));
    }
    return vertx.fileSystem().readFile(files.getFirst().uploadedFileName()).compose(this::parsed);
  }

  private Future<StoredScript> parsed(Buffer source) {
    if (source.length() > MAX_BYTES) {
      return Future.failedFuture(JsonBody.tooLarge(MAX_BYTES));
    }
    return vertx.executeBlocking(() -> parsed(source.getBytes()), false);
  }

  private static StoredScript parsed(byte[] utf8) {
    try {
      return StoredScript.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw notUtf8();
    } catch (InvalidScriptException e) {
      throw new Failure(
              e.isYaml() ? Category.INVALID : Category.MALFORMED, "invalid_script", e.getMessage())
          .exception();
    }
  }

  private static FailureException notUtf8() {
    return JsonBody.malformed("The script is not a text in UTF-8.");
  }
}
