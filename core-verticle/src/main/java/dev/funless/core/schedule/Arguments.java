package dev.funless.core.schedule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Finds one value in a call's arguments, without building the rest. */
final class Arguments {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Arguments() {}

  /**
   * The value's text: of a text its characters, of all else its JSON without spaces. Empty where
   * there is no such value, or the arguments are no JSON.
   *
   * @param path names of objects' members, with dots between
   */
  static String text(byte[] json, String path) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      parser.nextToken();
      int start = 0;
      while (start <= path.length()) {
        int dot = path.indexOf('.', start);
        int end = dot < 0 ? path.length() : dot;
        if (!enter(parser, path.substring(start, end))) {
          return "";
        }
        start = end + 1;
      }
      return parser.currentToken().isScalarValue()
          ? parser.getText()
          : MAPPER.readTree(parser).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Goes to the member's value. */
  private static boolean enter(JsonParser parser, String member) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(member);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
