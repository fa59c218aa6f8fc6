package dev.funless.core.event.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a function gets of a message. */
final class MqttArguments {

  private static final JsonFactory JSON = new JsonFactory();

  private MqttArguments() {}

  /** The payload where it is JSON in UTF-8, else {@code {"payload_base64": "…"}}. */
  static byte[] of(byte[] payload) {
    return isJson(payload)
        ? payload
        : ("{\"payload_base64\":\"" + Base64.getEncoder().encodeToString(payload) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isJson(byte[] payload) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      try (JsonParser parser = JSON.createParser(text)) {
        JsonToken first = parser.nextToken();
        if (first == null) {
          return false;
        }
        parser.skipChildren();
        if (first.isScalarValue()) {
          parser.getText();
        }
        return parser.nextToken() == null;
      }
    } catch (IOException e) {
      return false;
    }
  }
}
