package dev.funless.core.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What sinks get that take more than the bare result: {@code {"invocation": "…", "function":
 * {"module": "…", "name": "…"}, "outcome": "ok", "time": "2026-01-31T12:00:00.123Z", "result": …}}.
 */
final class Envelope {

  private static final JsonFactory JSON = new JsonFactory();

  private Envelope() {}

  static Buffer of(Result result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(result.json().length() + 256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("invocation", result.invocationId());
      json.writeObjectFieldStart("function");
      json.writeStringField("module", result.function().module());
      json.writeStringField("name", result.function().name());
      json.writeEndObject();
      json.writeStringField("outcome", result.outcome());
      json.writeStringField("time", result.endedAt().toString());
      json.writeFieldName("result");
      json.writeRawValue(result.json());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
