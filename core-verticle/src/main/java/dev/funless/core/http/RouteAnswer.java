package dev.funless.core.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a function answers to a request of its route.
 *
 * @param headers in their order; none that concern the connection, or that the platform sets
 */
record RouteAnswer(int status, List<Header> headers, Buffer body) {

  /** One line of the head, free of line breaks. */
  record Header(String name, String value) {}

  private static final Set<String> KEYS = Set.of("status", "headers", "body", "body_base64");

  /** Of one connection (RFC 9110, section 7.6.1), or set here. */
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String OWN = "funless-";
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * @throws FailureException where it looks like an answer and cannot be sent
   */
  static RouteAnswer of(byte[] json) {
    JsonNode tree = tree(json);
    return isAnswer(tree)
        ? new RouteAnswer(status(tree.get("status")), headers(tree), body(tree))
        : new RouteAnswer(200, List.of(), Buffer.buffer(json)).typed("application/json");
  }

  private static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw bad("it is not valid JSON");
    }
  }

  /** A status is what tells it from any other object. */
  private static boolean isAnswer(JsonNode tree) {
    if (!tree.isObject() || !tree.has("status")) {
      return false;
    }
    return tree.properties().stream().allMatch(entry -> KEYS.contains(entry.getKey()));
  }

  private static int status(JsonNode status) {
    if (!status.isIntegralNumber() || status.asLong() < 200 || status.asLong() > 599) {
      throw bad("'status' must be a number from 200 to 599");
    }
    return status.asInt();
  }

  private static List<Header> headers(JsonNode tree) {
    List<Header> headers = new ArrayList<>();
    JsonNode given = tree.path("headers");
    if (!given.isObject() && !given.isMissingNode()) {
      throw bad("'headers' must be an object");
    }
    given
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isArray()) {
                entry.getValue().forEach(value -> add(headers, entry.getKey(), value));
              } else {
                add(headers, entry.getKey(), entry.getValue());
              }
            });
    int bytes = headers.stream().mapToInt(h -> h.name.length() + h.value.length()).sum();
    if (headers.size() > MAX_HEADERS || bytes > MAX_HEADER_BYTES) {
      throw bad(
          "it has more than "
              + MAX_HEADERS
              + " headers, or more than "
              + MAX_HEADER_BYTES
              + " bytes of them");
    }
    return headers;
  }

  private static void add(List<Header> headers, String name, JsonNode value) {
    if (!NAME.matcher(name).matches()) {
      throw bad("a header's name must consist of letters, digits and '-'");
    }
    if (!value.isTextual() || !VALUE.matcher(value.asText()).matches()) {
      throw bad("the header '" + name + "' must be a text of printable ASCII, or a list of them");
    }
    String key = name.toLowerCase(Locale.ROOT);
    if (!DROPPED.contains(key) && !key.startsWith(OWN)) {
      headers.add(new Header(key, value.asText()));
    }
  }

  /** A text is sent as it is; what is neither a text nor absent, as JSON. */
  private static Buffer body(JsonNode tree) {
    JsonNode body = tree.path("body");
    JsonNode base64 = tree.path("body_base64");
    if (!body.isMissingNode() && !base64.isMissingNode()) {
      throw bad("it has both 'body' and 'body_base64'");
    }
    if (!base64.isMissingNode()) {
      return Buffer.buffer(decoded(base64));
    }
    if (body.isTextual()) {
      return Buffer.buffer(body.asText());
    }
    return body.isMissingNode() || body.isNull() ? Buffer.buffer() : json(body);
  }

  private static byte[] decoded(JsonNode base64) {
    try {
      if (base64.isTextual()) {
        return Base64.getDecoder().decode(base64.asText());
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw bad("'body_base64' must be a text in Base64");
  }

  private static Buffer json(JsonNode body) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private RouteAnswer typed(String contentType) {
    return new RouteAnswer(status, List.of(new Header("content-type", contentType)), body);
  }

  /** Neither 204, 205 nor 304 has one (RFC 9110, section 15). */
  boolean hasBody() {
    return status != 204 && status != 205 && status != 304;
  }

  private static FailureException bad(String why) {
    return new Failure(
            Category.FUNCTION_FAILED,
            "bad_answer",
            "Error: the answer cannot be sent: " + why + ".")
        .exception();
  }
}
