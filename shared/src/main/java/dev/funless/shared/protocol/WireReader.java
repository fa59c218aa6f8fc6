package dev.funless.shared.protocol;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link WireWriter} wrote, in the same order. A length that reaches behind the buffer's
 * end is an {@link IndexOutOfBoundsException}.
 */
final class WireReader {

  private final Buffer buffer;
  private int position;

  WireReader(Buffer buffer, int position) {
    this.buffer = buffer;
    this.position = position;
  }

  int integer() {
    int value = buffer.getInt(position);
    position += Integer.BYTES;
    return value;
  }

  long number() {
    long value = buffer.getLong(position);
    position += Long.BYTES;
    return value;
  }

  boolean flag() {
    return buffer.getByte(position++) != 0;
  }

  byte[] bytes() {
    int length = integer();
    byte[] value = buffer.getBytes(position, position + length);
    position += length;
    return value;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  List<String> texts() {
    int count = integer();
    if (count == 0) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(text());
    }
    return values;
  }

  Map<String, String> textMap() {
    int count = integer();
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(text(), text());
    }
    return values;
  }
}
