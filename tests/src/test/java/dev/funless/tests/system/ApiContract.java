package dev.funless.tests.system;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.funless.tests.system.Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Holds every answer that the tests see against the core's OpenAPI document: path, method, status
 * and body. What has no path in the document is passed over; it must be a failure.
 */
final class ApiContract {

  /** Answers may have keys and numbers of any length. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private static final int SHOWN = 1_000;
  private static final String LOCATION = "https://funless.test/openapi";
  private static final JsonNode DOCUMENT = document();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder ->
              builder.schemaLoaders(
                  loaders -> loaders.schemas(Map.of(LOCATION, DOCUMENT.toString()))));

  private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

  /** What functions answer there is theirs. */
  private static final String FUNCTIONS_ROUTES = "/http/";

  private ApiContract() {}

  private static JsonNode document() {
    try {
      String yaml =
          Files.readString(
              Checkout.ROOT.resolve("core-verticle/src/main/resources/api/openapi.yaml"));
      return MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails the test where the answer is none that the document has. */
  static void check(String method, String path, Answer answer) {
    if (path.startsWith(FUNCTIONS_ROUTES)) {
      return;
    }
    Optional<String> template = template(path);
    if (template.isEmpty()) {
      require(answer.status() >= 400, method, path, answer, "the document has no such path");
      return;
    }
    String pointer = "/paths/" + escaped(template.get()) + "/" + method.toLowerCase(Locale.ROOT);
    JsonNode operation = DOCUMENT.at(pointer);
    if (operation.isMissingNode()) {
      require(answer.status() >= 400, method, path, answer, "the document has no such method");
      return;
    }
    String status = String.valueOf(answer.status());
    String key = operation.path("responses").has(status) ? status : "default";
    JsonNode response = operation.path("responses").path(key);
    require(!response.isMissingNode(), method, path, answer, "the document has no such status");
    require(
        !key.equals("default") || answer.status() >= 400,
        method,
        path,
        answer,
        "a success must be in the document");
    body(pointer + "/responses/" + key, response, method, path, answer);
  }

  private static void body(
      String pointer, JsonNode response, String method, String path, Answer answer) {
    String where = pointer;
    JsonNode resolved = response;
    if (response.has("$ref")) {
      where = response.get("$ref").textValue().substring(1);
      resolved = DOCUMENT.at(where);
    }
    if (!resolved.at("/content/application~1json").isObject()) {
      return;
    }
    String schema = where + "/content/application~1json/schema";
    Set<ValidationMessage> wrong =
        COMPILED
            .computeIfAbsent(
                schema, at -> SCHEMAS.getSchema(SchemaLocation.of(LOCATION + "#" + at)))
            .validate(parsed(answer.body()));
    require(wrong.isEmpty(), method, path, answer, "it breaks the schema: " + wrong);
  }

  private static JsonNode parsed(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("The answer is no JSON: " + shown(body), e);
    }
  }

  /** The path of the document that has the fewest parameters. */
  private static Optional<String> template(String path) {
    String best = null;
    for (Iterator<String> all = DOCUMENT.path("paths").fieldNames(); all.hasNext(); ) {
      String each = all.next();
      String regex = each.replaceAll("\\{[^}]*}", "[^/]*");
      boolean isBetter = best == null || parameters(each) < parameters(best);
      if (isBetter && Pattern.matches(regex, path)) {
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int parameters(String template) {
    return template.split("\\{", -1).length;
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static String shown(String body) {
    return body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
  }

  private static void require(
      boolean holds, String method, String path, Answer answer, String sentence) {
    if (!holds) {
      throw new AssertionError(
          "%s %s gave %d %s, but %s"
              .formatted(method, path, answer.status(), shown(answer.body()), sentence));
    }
  }
}
