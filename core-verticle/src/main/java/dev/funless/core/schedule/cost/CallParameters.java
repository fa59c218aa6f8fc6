package dev.funless.core.schedule.cost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The parameters of a call that its cost depends on: keys at the top of its arguments. A number
 * counts as it is, true and false as 1 and 0, a list as its length; all else counts as 0, and so
 * does what is absent. Immutable, and so thread-safe.
 */
public final class CallParameters implements ToDoubleFunction<String> {

  /** Of a call whose cost does not depend on it. */
  public static final CallParameters NONE = new CallParameters(Map.of());

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // The size of the arguments bounds all of these.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final Map<String, Double> values;

  private CallParameters(Map<String, Double> values) {
    this.values = values;
  }

  /**
   * Reads the arguments from end to end, without building a tree of them. The last of two equal
   * keys counts. Where they are not well-formed, or no object, all parameters are absent.
   *
   * @param json the arguments, in UTF-8
   * @param names those that are wanted
   */
  public static CallParameters read(byte[] json, Set<String> names) {
    if (names.isEmpty()) {
      return NONE;
    }
    Map<String, Double> values = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return NONE;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        if (names.contains(key)) {
          values.put(key, value(parser));
        } else {
          parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? new CallParameters(values) : NONE;
    } catch (IOException e) {
      return NONE;
    }
  }

  private static double value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> 1;
      case START_ARRAY -> length(parser);
      case START_OBJECT -> {
        parser.skipChildren();
        yield 0;
      }
      case VALUE_FALSE, VALUE_NULL, VALUE_STRING, VALUE_EMBEDDED_OBJECT -> 0;
      case NOT_AVAILABLE, FIELD_NAME, END_ARRAY, END_OBJECT ->
          throw new IOException("no value stands behind a key");
    };
  }

  private static double length(JsonParser parser) throws IOException {
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      length++;
    }
    return length;
  }

  /** The parameter's value, 0 where it is absent. */
  @Override
  public double applyAsDouble(String name) {
    Double value = values.get(name);
    return value == null ? 0 : value;
  }
}
