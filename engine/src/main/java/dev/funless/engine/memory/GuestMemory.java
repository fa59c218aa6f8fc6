package dev.funless.engine.memory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The linear memory of one call: one array of exactly the memory's size, so that the array's own
 * bounds check is the memory's. Addresses are unsigned; a memory holds less than 2 GiB, so that one
 * with the top bit set is out of bounds either way. Used by one thread.
 *
 * <p>Known caveat: while it grows, the old array and the new one both exist; only the new one is in
 * the budget.
 */
public final class GuestMemory implements Memory {

  private static final VarHandle SHORT = littleEndian(short[].class);
  private static final VarHandle INT = littleEndian(int[].class);
  private static final VarHandle LONG = littleEndian(long[].class);
  private static final VarHandle FLOAT = littleEndian(float[].class);
  private static final VarHandle DOUBLE = littleEndian(double[].class);

  private final int initialPages;
  private final int maximumPages;
  private final Reservation reservation;
  private final DataSegments segments;
  private final BitSet droppedSegments = new BitSet();

  private byte[] data;
  private boolean pristine = true;

  /**
   * Allocates the initial pages, which the caller has reserved.
   *
   * @param maximumPages as declared; growth is bounded by it, by the library's maximum and by the
   *     reservation
   * @throws OutOfMemoryError where the JVM has no room
   */
  public GuestMemory(
      int initialPages, int maximumPages, Reservation reservation, DataSegments segments) {
    this.initialPages = initialPages;
    this.maximumPages = Math.min(maximumPages, RUNTIME_MAX_PAGES);
    this.reservation = reservation;
    this.segments = segments;
    this.data = new byte[Math.multiplyExact(initialPages, PAGE_SIZE)];
  }

  @Override
  public int pages() {
    return data.length / PAGE_SIZE;
  }

  @Override
  public int initialPages() {
    return initialPages;
  }

  @Override
  public int maximumPages() {
    return maximumPages;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public int grow(int morePages) {
    int pages = pages();
    if (morePages == 0) {
      return pages;
    }
    if (morePages < 0 || morePages > maximumPages - pages) {
      return -1;
    }
    Stack.need();
    long moreBytes = (long) morePages * PAGE_SIZE;
    if (!reservation.takeLinear(moreBytes)) {
      return -1;
    }
    try {
      data = Arrays.copyOf(data, data.length + (int) moreBytes);
      return pages;
    } catch (OutOfMemoryError full) {
      reservation.giveBackLinear(moreBytes);
      return -1;
    }
  }

  @Override
  public void initialize(Instance instance, DataSegment[] declared) {
    for (int i = 0; i < declared.length; i++) {
      if (declared[i] instanceof ActiveDataSegment active) {
        int address =
            (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        byte[] bytes = segments.get(i);
        if (address < 0 || address > data.length - bytes.length) {
          throw new UninstantiableException("out of bounds memory access: a data segment");
        }
        System.arraycopy(bytes, 0, data, address, bytes.length);
        pristine = false;
        droppedSegments.set(i);
      }
    }
  }

  @Override
  public void initialize(Instance instance, DataSegment[] declared, int memoryIndex) {
    initialize(instance, declared);
  }

  @Override
  public void initPassiveSegment(int segment, int address, int offset, int size) {
    byte[] bytes = droppedSegments.get(segment) ? new byte[0] : segments.get(segment);
    if ((offset | size) < 0 || offset > bytes.length - size) {
      throw outOfBounds(address, size);
    }
    write(address, bytes, offset, size);
  }

  @Override
  public void drop(int segment) {
    droppedSegments.set(segment);
  }

  /** Called once, right after the memory was made, and needless then. */
  @Override
  public void zero() {
    if (!pristine) {
      Arrays.fill(data, (byte) 0);
    }
  }

  /** Throws where the {@code length} bytes at {@code address} are not all inside. */
  public void check(int address, int length) {
    if ((address | length) < 0 || address > data.length - length) {
      throw outOfBounds(address, length);
    }
  }

  /** The bytes at {@code address}, copied. */
  @Override
  public byte[] readBytes(int address, int length) {
    check(address, length);
    return Arrays.copyOfRange(data, address, address + length);
  }

  /** Copies bytes out, without an array between. */
  public void copyOut(int address, byte[] target, int targetOffset, int length) {
    check(address, length);
    System.arraycopy(data, address, target, targetOffset, length);
  }

  @Override
  public void write(int address, byte[] bytes, int offset, int size) {
    check(address, size);
    if ((offset | size) < 0 || offset > bytes.length - size) {
      throw outOfBounds(address, size);
    }
    System.arraycopy(bytes, offset, data, address, size);
  }

  @Override
  public void fill(byte value, int from, int to) {
    check(from, to - from);
    Arrays.fill(data, from, to, value);
  }

  @Override
  public void copy(int to, int from, int size) {
    check(to, size);
    check(from, size);
    System.arraycopy(data, from, data, to, size);
  }

  @Override
  public byte read(int address) {
    try {
      return data[address];
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, 1);
    }
  }

  @Override
  public void writeByte(int address, byte value) {
    try {
      data[address] = value;
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, 1);
    }
  }

  @Override
  public short readShort(int address) {
    try {
      return (short) SHORT.get(data, address);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Short.BYTES);
    }
  }

  @Override
  public long readU16(int address) {
    return Short.toUnsignedLong(readShort(address));
  }

  @Override
  public void writeShort(int address, short value) {
    try {
      SHORT.set(data, address, value);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Short.BYTES);
    }
  }

  @Override
  public int readInt(int address) {
    try {
      return (int) INT.get(data, address);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Integer.BYTES);
    }
  }

  @Override
  public void writeI32(int address, int value) {
    try {
      INT.set(data, address, value);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Integer.BYTES);
    }
  }

  @Override
  public long readLong(int address) {
    try {
      return (long) LONG.get(data, address);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Long.BYTES);
    }
  }

  @Override
  public void writeLong(int address, long value) {
    try {
      LONG.set(data, address, value);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Long.BYTES);
    }
  }

  @Override
  public float readFloat(int address) {
    try {
      return (float) FLOAT.get(data, address);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Float.BYTES);
    }
  }

  @Override
  public long readF32(int address) {
    return readInt(address);
  }

  @Override
  public void writeF32(int address, float value) {
    try {
      FLOAT.set(data, address, value);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Float.BYTES);
    }
  }

  @Override
  public double readDouble(int address) {
    try {
      return (double) DOUBLE.get(data, address);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Double.BYTES);
    }
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public void writeF64(int address, double value) {
    try {
      DOUBLE.set(data, address, value);
    } catch (IndexOutOfBoundsException e) {
      throw outOfBounds(address, Double.BYTES);
    }
  }

  /** Shared memory is refused when a module is validated, and waiting needs one. */
  @Override
  @SuppressWarnings("removal") // The library still asks for them.
  public Object lock(int address) {
    throw new WasmRuntimeException("this memory is not shared");
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeoutNanos) {
    throw new WasmRuntimeException("this memory is not shared");
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeoutNanos) {
    throw new WasmRuntimeException("this memory is not shared");
  }

  @Override
  @SuppressWarnings("removal")
  public int notify(int address, int waiters) {
    throw new WasmRuntimeException("this memory is not shared");
  }

  private WasmRuntimeException outOfBounds(int address, int size) {
    return new WasmRuntimeException(
        "out of bounds memory access: "
            + Integer.toUnsignedString(size)
            + " bytes at "
            + Integer.toUnsignedString(address)
            + " of "
            + data.length);
  }

  private static VarHandle littleEndian(Class<?> view) {
    return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.LITTLE_ENDIAN)
        .withInvokeExactBehavior();
  }
}
