package dev.funless.shared.protocol;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Carries one type of record: by reference within a node, as CBOR (RFC 8949) behind a length of
 * four bytes between nodes. Fields that a reader does not know are passed over, so that nodes of
 * neighbouring versions understand each other.
 */
final class RecordCodec<T extends Record> implements MessageCodec<T, T> {

  private static final CBORMapper MAPPER =
      CBORMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final String name;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  RecordCodec(Class<T> type) {
    name = type.getName();
    writer = MAPPER.writerFor(type);
    reader = MAPPER.readerFor(type);
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    try {
      byte[] bytes = writer.writeValueAsBytes(message);
      buffer.appendInt(bytes.length).appendBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int start = position + Integer.BYTES;
    try {
      return reader.readValue(buffer.getBytes(start, start + buffer.getInt(position)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
