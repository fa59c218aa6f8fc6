package dev.funless.engine.abi;

import dev.funless.engine.memory.GuestMemory;
import java.util.Arrays;

/** The answer of one call, never larger than its limit. */
public final class AnswerBuffer {

  private static final byte[] EMPTY = {};

  private final int limitBytes;

  private byte[] bytes = EMPTY;
  private int length;
  private boolean given;

  AnswerBuffer(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** False where the guest gave no answer at all, which is not the same as an empty one. */
  public boolean given() {
    return given;
  }

  public byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Replaces what was given before. */
  void set(GuestMemory memory, int address, int size) {
    memory.check(address, size);
    if (size > limitBytes) {
      throw new AnswerTooLarge();
    }
    bytes = memory.readBytes(address, size);
    length = size;
    given = true;
  }

  void append(GuestMemory memory, int address, int size) {
    memory.check(address, size);
    if (size > limitBytes - length) {
      throw new AnswerTooLarge();
    }
    if (size > bytes.length - length) {
      long doubled = Math.max(256, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.clamp(doubled, length + size, limitBytes));
    }
    memory.copyOut(address, bytes, length, size);
    length += size;
    given = true;
  }
}
