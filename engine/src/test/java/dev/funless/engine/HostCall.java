package dev.funless.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The input of the module {@code calls}: which host function it is to call, and with what. */
final class HostCall {

  private static final int ARGUMENTS = 10;
  private static final int SIZE = 1024;

  final int function;
  final int[] args;

  /** What memory holds from address 0 on; the first 52 bytes are the call itself. */
  final byte[] bytes = new byte[SIZE];

  private int shown;
  private int shownBytes;

  HostCall(int function, int... args) {
    this.function = function;
    this.args = Arrays.copyOf(args, ARGUMENTS);
  }

  HostCall with(int address, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(utf8, 0, bytes, address, Math.min(utf8.length, SIZE - address));
    return this;
  }

  void putInt(int address, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(address, value);
  }

  void putLong(int address, long value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(address, value);
  }

  /** Has the guest answer with these bytes of its memory, after the call. */
  HostCall showing(int address, int size) {
    shown = address;
    shownBytes = size;
    return this;
  }

  byte[] input() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(0, function);
    for (int i = 0; i < ARGUMENTS; i++) {
      buffer.putInt(4 + 4 * i, args[i]);
    }
    buffer.putInt(44, shown);
    buffer.putInt(48, shownBytes);
    return bytes;
  }
}
