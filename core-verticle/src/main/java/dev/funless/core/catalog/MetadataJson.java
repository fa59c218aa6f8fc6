package dev.funless.core.catalog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.input.StrictJson;
import dev.funless.core.input.Texts;

/** {@link FunctionMetadata} as JSON. */
public final class MetadataJson {

  private static final JsonMapper STRICT =
      StrictJson.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** For what is stored: keys of a newer version are passed over. */
  private static final JsonMapper LENIENT =
      STRICT.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private MetadataJson() {}

  /**
   * Reads what an uploader sent.
   *
   * @throws IllegalArgumentException whose message is one sentence for the uploader
   */
  public static FunctionMetadata parse(String json) {
    try {
      FunctionMetadata metadata = STRICT.readValue(json, FunctionMetadata.class);
      if (metadata == null) {
        throw new IllegalArgumentException("metadata: must be one JSON object.");
      }
      return metadata;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata: " + sentence(e), e);
    }
  }

  private static String sentence(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no key '" + Texts.abridged(unknown.getPropertyName()) + "'.";
    }
    if (e.getCause() instanceof IllegalArgumentException rule) {
      return rule.getMessage() + ".";
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "the value of '" + mapping.getPath().getFirst().getFieldName() + "' cannot be used.";
    }
    if (e instanceof JsonMappingException) {
      return "must be one JSON object.";
    }
    return "is not valid JSON.";
  }

  static FunctionMetadata stored(String json) throws JacksonException {
    return LENIENT.readValue(json, FunctionMetadata.class);
  }

  public static String toJson(FunctionMetadata metadata) {
    try {
      return STRICT.writeValueAsString(metadata);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
