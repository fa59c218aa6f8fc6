package dev.funless.fuzz.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing sequence of bytes, with the encodings of wasm. Not thread-safe. */
public class WasmBytes {

  private byte[] bytes = new byte[64];
  private int size;

  public final int size() {
    return size;
  }

  public final byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  public final WasmBytes put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
    return this;
  }

  public final WasmBytes put(byte[] more) {
    for (byte each : more) {
      put(each);
    }
    return this;
  }

  /** LEB128, unsigned. */
  public final WasmBytes unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      put((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    return put((int) rest);
  }

  /** LEB128, signed. */
  public final WasmBytes signed(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      put((int) ((rest & 0x7F) | 0x80));
      rest >>= 7;
    }
    return put((int) (rest & 0x7F));
  }

  /** The low bytes of a number, the lowest first. */
  public final WasmBytes littleEndian(long value, int count) {
    for (int i = 0; i < count; i++) {
      put((int) (value >> (8 * i)));
    }
    return this;
  }

  /** Bytes with their number before them. */
  public final WasmBytes sized(byte[] more) {
    return unsigned(more.length).put(more);
  }

  public final WasmBytes name(String text) {
    return sized(text.getBytes(StandardCharsets.UTF_8));
  }
}
