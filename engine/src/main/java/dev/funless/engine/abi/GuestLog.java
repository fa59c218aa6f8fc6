package dev.funless.engine.abi;

import dev.funless.engine.memory.GuestMemory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a guest printed: the first bytes up to the limit, and the last few for error messages. */
public final class GuestLog {

  private static final byte[] EMPTY = {};
  private static final int TAIL_BYTES = 1024;

  private final int limitBytes;

  private byte[] head = EMPTY;
  private int headLength;
  private boolean dropped;
  private byte[] tail = EMPTY;

  GuestLog(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** The log from its start; what is no UTF-8 is replaced. */
  public String text() {
    return new String(head, 0, wholeCharacters(head, headLength), StandardCharsets.UTF_8);
  }

  /** The end of the log, at most 1 KiB, even where the limit dropped it. */
  public String tail() {
    byte[] bytes = dropped ? tail : lastOf(head, headLength);
    int start = 0;
    while (start < bytes.length && (bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8).strip();
  }

  /** A sentence of the host's own. */
  void line(String sentence) {
    byte[] bytes = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    keep(bytes, bytes.length, lastOf(bytes, bytes.length));
  }

  void endLine() {
    byte[] bytes = {'\n'};
    keep(bytes, 1, bytes);
  }

  /** Copies no more of the guest's memory than can be kept. */
  void append(GuestMemory memory, int address, int size) {
    memory.check(address, size);
    int last = Math.min(size, TAIL_BYTES);
    keep(
        memory.readBytes(address, Math.min(size, limitBytes - headLength)),
        size,
        memory.readBytes(address + size - last, last));
  }

  /**
   * @param first at least as much of what is printed as has room
   * @param size of all that is printed
   * @param last its end, at most TAIL_BYTES
   */
  private void keep(byte[] first, int size, byte[] last) {
    int room = Math.min(size, limitBytes - headLength);
    if (room < size && !dropped) {
      dropped = true;
      tail = lastOf(head, headLength);
    }
    keepHead(first, room);
    if (dropped) {
      int old = Math.min(tail.length, TAIL_BYTES - last.length);
      byte[] joined = Arrays.copyOfRange(tail, tail.length - old, tail.length + last.length);
      System.arraycopy(last, 0, joined, old, last.length);
      tail = joined;
    }
  }

  private void keepHead(byte[] bytes, int size) {
    if (size > head.length - headLength) {
      long doubled = Math.max(256, 2L * head.length);
      head = Arrays.copyOf(head, Math.clamp(doubled, headLength + size, limitBytes));
    }
    System.arraycopy(bytes, 0, head, headLength, size);
    headLength += size;
  }

  private static byte[] lastOf(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, Math.max(0, length - TAIL_BYTES), length);
  }

  /** The length without a character that the limit cut in two. */
  private static int wholeCharacters(byte[] utf8, int length) {
    int start = length - 1;
    while (start >= 0 && start > length - 4 && (utf8[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0) {
      return length;
    }
    int lead = utf8[start] & 0xFF;
    int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return start + size > length ? start : length;
  }
}
