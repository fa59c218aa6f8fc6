package dev.funless.shared.protocol;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Appends fields, big-endian; texts, bytes and lists behind their length in four bytes. */
final class WireWriter {

  private final Buffer buffer;

  WireWriter(Buffer buffer) {
    this.buffer = buffer;
  }

  WireWriter number(int value) {
    buffer.appendInt(value);
    return this;
  }

  WireWriter number(long value) {
    buffer.appendLong(value);
    return this;
  }

  WireWriter flag(boolean value) {
    buffer.appendByte((byte) (value ? 1 : 0));
    return this;
  }

  WireWriter bytes(byte[] value) {
    buffer.appendInt(value.length).appendBytes(value);
    return this;
  }

  WireWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  WireWriter texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  WireWriter texts(Map<String, String> values) {
    number(values.size());
    values.forEach((key, value) -> text(key).text(value));
    return this;
  }
}
