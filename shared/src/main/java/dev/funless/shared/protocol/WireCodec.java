package dev.funless.shared.protocol;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Carries one type of record field by field: for the two messages of every invocation, where {@link
 * RecordCodec}'s names and reflection would cost more than the rest of the message's way. The
 * fields follow the message's length, so a newer node may add fields at the end.
 */
final class WireCodec<T extends Record> implements MessageCodec<T, T> {

  private final String name;
  private final BiConsumer<WireWriter, T> writer;
  private final Function<WireReader, T> reader;

  WireCodec(Class<T> type, BiConsumer<WireWriter, T> writer, Function<WireReader, T> reader) {
    this.name = type.getName();
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    int start = buffer.length();
    buffer.appendInt(0);
    writer.accept(new WireWriter(buffer), message);
    buffer.setInt(start, buffer.length() - start - Integer.BYTES);
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    return reader.apply(new WireReader(buffer, position + Integer.BYTES));
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
