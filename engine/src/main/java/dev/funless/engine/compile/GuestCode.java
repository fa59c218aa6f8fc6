package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.OpcodeImpl;
import dev.funless.engine.memory.GuestMemory;

/**
 * What compiled functions call for what the JVM has no instruction for. The library copies such a
 * class into each module's classes, so that the JIT sees each module's calls apart; these methods
 * go in place of the library's own of the same names. They know that every memory is a {@link
 * GuestMemory}, which makes each access an array access with nothing before it.
 *
 * <p>{@code checkInterruption} is added by {@link GuestCodeClass}.
 */
public final class GuestCode {

  private GuestCode() {}

  public static byte memoryReadByte(int base, int offset, Memory memory) {
    return ((GuestMemory) memory).read(address(base, offset));
  }

  public static short memoryReadShort(int base, int offset, Memory memory) {
    return ((GuestMemory) memory).readShort(address(base, offset));
  }

  public static int memoryReadInt(int base, int offset, Memory memory) {
    return ((GuestMemory) memory).readInt(address(base, offset));
  }

  public static long memoryReadLong(int base, int offset, Memory memory) {
    return ((GuestMemory) memory).readLong(address(base, offset));
  }

  public static float memoryReadFloat(int base, int offset, Memory memory) {
    return ((GuestMemory) memory).readFloat(address(base, offset));
  }

  public static double memoryReadDouble(int base, int offset, Memory memory) {
    return ((GuestMemory) memory).readDouble(address(base, offset));
  }

  public static void memoryWriteByte(int base, byte value, int offset, Memory memory) {
    ((GuestMemory) memory).writeByte(address(base, offset), value);
  }

  public static void memoryWriteShort(int base, short value, int offset, Memory memory) {
    ((GuestMemory) memory).writeShort(address(base, offset), value);
  }

  public static void memoryWriteInt(int base, int value, int offset, Memory memory) {
    ((GuestMemory) memory).writeI32(address(base, offset), value);
  }

  public static void memoryWriteLong(int base, long value, int offset, Memory memory) {
    ((GuestMemory) memory).writeLong(address(base, offset), value);
  }

  public static void memoryWriteFloat(int base, float value, int offset, Memory memory) {
    ((GuestMemory) memory).writeF32(address(base, offset), value);
  }

  public static void memoryWriteDouble(int base, double value, int offset, Memory memory) {
    ((GuestMemory) memory).writeF64(address(base, offset), value);
  }

  public static void memoryCopy(int to, int from, int size, Memory memory) {
    ((GuestMemory) memory).copy(to, from, size);
  }

  public static void tableFill(int to, int value, int size, int table, Instance instance) {
    Corrections.checkPlaces(to, 0, size);
    OpcodeImpl.TABLE_FILL(instance, table, size, value, to);
  }

  public static void tableCopy(
      int to, int from, int size, int target, int source, Instance instance) {
    Corrections.checkPlaces(to, from, size);
    OpcodeImpl.TABLE_COPY(instance, source, target, size, from, to);
  }

  public static void tableInit(
      int to, int from, int size, int segment, int table, Instance instance) {
    Corrections.checkPlaces(to, from, size);
    OpcodeImpl.TABLE_INIT(instance, table, segment, size, from, to);
  }

  public static int i32_ge_u(int a, int b) {
    return Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
  }

  /** What a call's poll does once it may have to stop. */
  public static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("stopped");
    }
  }

  /**
   * An address of 32 bits without a sign, and a constant offset below 2^31. Where the address or
   * the sum is 2^31 or more, the result is negative, and so outside of every memory. Without a
   * branch: one would keep the JIT from much that it does with loops.
   */
  private static int address(int base, int offset) {
    return offset == 0 ? base : (base + offset) | (base >> 31);
  }
}
