package dev.funless.engine.memory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The linear memory of one instance: one array of exactly the memory's size, so that the array's
 * own bounds check is the memory's. Addresses are unsigned; a memory holds less than 2 GiB, so that
 * one with the top bit set is out of bounds either way. Used by one thread at a time.
 *
 * <p>Every write marks its block of {@value Space#BLOCK_BYTES} bytes; {@link #reset} restores what
 * was marked, and nothing else. A write is marked by its first byte, so that restoring a block
 * restores the few bytes behind it too, which a write across the blocks' border may have reached.
 * The marks are ints, not bytes, as the JIT would otherwise take each mark for a possible change of
 * the data.
 *
 * <p>A grown memory is another array. Arrays that a call has used are kept for the next ones,
 * clean, so that a function that grows its memory in every call does not pay for a large array each
 * time.
 */
public final class GuestMemory implements Memory {

  private static final VarHandle SHORT = littleEndian(short[].class);
  private static final VarHandle INT = littleEndian(int[].class);
  private static final VarHandle LONG = littleEndian(long[].class);
  private static final VarHandle FLOAT = littleEndian(float[].class);
  private static final VarHandle DOUBLE = littleEndian(double[].class);

  /** Bounds of the grown arrays that an idle instance keeps. */
  private static final int KEPT_SPACES = 4;

  private static final long KEPT_BYTES = 16L << 20;

  private static final byte[] NOTHING = {};

  private final int initialPages;
  private final int maximumPages;
  private final Reservation reservation;
  private final DataSegments segments;

  private final Space initial;

  /**
   * The arrays that the memory has grown to, in this call or an earlier one; null is a free slot.
   */
  private final Space[] grown = new Space[KEPT_SPACES];

  private Space now;

  /** The arrays of the present space, here for the shortest way. */
  private byte[] data;

  private int[] marks;

  /** The instance's own array: dropping a segment replaces its entry. */
  private DataSegment[] declared = {};

  private DataSegment[] undropped = {};

  /** What a call starts with. */
  private MemoryImage image = MemoryImage.ZEROS;

  /**
   * Allocates the initial pages.
   *
   * @param maximumPages as declared; growth is bounded by it, by the library's maximum and by the
   *     reservation
   * @param reservation has taken {@link #heldBytes} already
   * @throws OutOfMemoryError where the JVM has no room
   */
  public GuestMemory(
      int initialPages, int maximumPages, Reservation reservation, DataSegments segments) {
    this.initialPages = initialPages;
    this.maximumPages = Math.min(maximumPages, RUNTIME_MAX_PAGES);
    this.reservation = reservation;
    this.segments = segments;
    this.initial = new Space(Math.multiplyExact(initialPages, PAGE_SIZE));
    use(initial);
  }

  /** What an array of so many bytes takes of the budget, with its marks. */
  public static long heldBytes(long memoryBytes) {
    return memoryBytes + Integer.BYTES * (memoryBytes >>> Space.BLOCK_SHIFT);
  }

  /** The memory as it is now, as what later calls start with. */
  public MemoryImage image() {
    return MemoryImage.of(data);
  }

  /**
   * Sets what calls start with, which is what the memory holds now.
   *
   * @param its may be shared between all memories of a module
   */
  public void startsAs(MemoryImage its) {
    image = its;
  }

  /** Makes everything as at the start of a call: bytes, size and dropped segments. */
  public void reset() {
    initial.restore(image);
    long keptBytes = 0;
    for (Space space : grown) {
      if (space != null) {
        space.restore(image);
        keptBytes += heldBytes(space.data.length);
      }
    }
    if (keptBytes > KEPT_BYTES) {
      forgetAllBut(initial);
    }
    use(initial);
    System.arraycopy(undropped, 0, declared, 0, declared.length);
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
    int bytes = (pages + morePages) * PAGE_SIZE;
    if (!reservation.allowsLinear(bytes)) {
      return -1;
    }
    Space larger = kept(bytes);
    if (larger == null) {
      larger = allocate(bytes);
    }
    if (larger == null) {
      return -1;
    }
    now.copyMarked(larger);
    use(larger);
    return pages;
  }

  private void use(Space space) {
    now = space;
    data = space.data;
    marks = space.marks;
    space.used = true;
  }

  private Space kept(int bytes) {
    for (Space space : grown) {
      if (space != null && space.data.length == bytes) {
        return space;
      }
    }
    return null;
  }

  /** Null where there is no room for it. The present space has to stay until it is copied. */
  private Space allocate(int bytes) {
    int slot = freeSlot();
    if (slot < 0 || !reservation.take(heldBytes(bytes))) {
      forgetAllBut(now);
      slot = freeSlot();
      if (!reservation.take(heldBytes(bytes))) {
        return null;
      }
    }
    try {
      Space space = new Space(bytes);
      image.writeTo(space.data);
      grown[slot] = space;
      return space;
    } catch (OutOfMemoryError full) {
      reservation.giveBack(heldBytes(bytes));
      return null;
    }
  }

  private int freeSlot() {
    for (int slot = 0; slot < grown.length; slot++) {
      if (grown[slot] == null) {
        return slot;
      }
    }
    return -1;
  }

  private void forgetAllBut(Space needed) {
    for (int slot = 0; slot < grown.length; slot++) {
      Space space = grown[slot];
      if (space != null && space != needed) {
        grown[slot] = null;
        reservation.giveBack(heldBytes(space.data.length));
      }
    }
  }

  /** Called once, before anything of the guest runs. */
  @Override
  public void initialize(Instance instance, DataSegment[] its) {
    for (int i = 0; i < its.length; i++) {
      if (its[i] instanceof ActiveDataSegment active) {
        int address =
            (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        byte[] bytes = segments.get(i);
        if (address < 0 || address > data.length - bytes.length) {
          throw new UninstantiableException("out of bounds memory access: a data segment");
        }
        System.arraycopy(bytes, 0, data, address, bytes.length);
        its[i] = PassiveDataSegment.EMPTY;
      }
    }
    declared = its;
    undropped = its.clone();
  }

  @Override
  public void initialize(Instance instance, DataSegment[] its, int memoryIndex) {
    initialize(instance, its);
  }

  @Override
  public void initPassiveSegment(int segment, int address, int offset, int size) {
    boolean dropped = declared[segment].equals(PassiveDataSegment.EMPTY);
    byte[] bytes = dropped ? NOTHING : segments.get(segment);
    if ((offset | size) < 0 || offset > bytes.length - size) {
      throw outOfBounds(address, size);
    }
    write(address, bytes, offset, size);
  }

  @Override
  public void drop(int segment) {
    declared[segment] = PassiveDataSegment.EMPTY;
  }

  /** Called once, right after the memory was made, and needless then. */
  @Override
  public void zero() {}

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
    mark(address, size);
  }

  @Override
  public void fill(byte value, int from, int to) {
    check(from, to - from);
    Arrays.fill(data, from, to, value);
    mark(from, to - from);
  }

  @Override
  public void copy(int to, int from, int size) {
    check(to, size);
    check(from, size);
    System.arraycopy(data, from, data, to, size);
    mark(to, size);
  }

  private void mark(int address, int size) {
    if (size > 0) {
      int first = address >>> Space.BLOCK_SHIFT;
      int last = (address + size - 1) >>> Space.BLOCK_SHIFT;
      Arrays.fill(marks, first, last + 1, 1);
    }
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
      marks[address >>> Space.BLOCK_SHIFT] = 1;
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
      marks[address >>> Space.BLOCK_SHIFT] = 1;
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
      marks[address >>> Space.BLOCK_SHIFT] = 1;
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
      marks[address >>> Space.BLOCK_SHIFT] = 1;
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
      marks[address >>> Space.BLOCK_SHIFT] = 1;
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
      marks[address >>> Space.BLOCK_SHIFT] = 1;
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
    Stack.need();
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
