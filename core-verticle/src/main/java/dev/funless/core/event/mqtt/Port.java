package dev.funless.core.event.mqtt;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** A port, which users give as a number or a text. */
public record Port(@JsonValue int number) {

  private static final String SENTENCE = "'port' must be a number from 1 to 65535.";

  public Port {
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException(SENTENCE);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Port of(JsonNode given) {
    if (given.isIntegralNumber() && given.canConvertToInt()) {
      return new Port(given.asInt());
    }
    if (given.isTextual() && given.asText().matches("[0-9]{1,5}")) {
      return new Port(Integer.parseInt(given.asText()));
    }
    throw new IllegalArgumentException(SENTENCE);
  }
}
