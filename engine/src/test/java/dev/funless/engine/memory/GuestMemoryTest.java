package dev.funless.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GuestMemoryTest {

  private static final int PAGE = Memory.PAGE_SIZE;
  private static final int OPERATIONS = 100_000;

  private static final DataSegment[] SEGMENTS = {
    new PassiveDataSegment(new byte[] {1, 2, 3, 4, 5}), new PassiveDataSegment(new byte[70_000])
  };

  private final MemoryBudget budget = new MemoryBudget(64L * PAGE, () -> false);

  /** The library's memory is the model: the same operations must do and return the same. */
  @Test
  void behavesAsTheLibrarysOnRandomOperations() {
    var random = new Random(42);
    var model = new ByteArrayMemory(new MemoryLimits(1, 5));
    model.initialize(null, SEGMENTS.clone());
    try (Reservation reservation = budget.open()) {
      reservation.limit(64L * PAGE, 0);
      var memory = new GuestMemory(1, 5, reservation, new DataSegments(SEGMENTS));
      memory.initialize(null, SEGMENTS.clone());
      for (int i = 0; i < OPERATIONS; i++) {
        Function<Memory, Object> operation = operation(random, i);
        assertEquals(result(model, operation), result(memory, operation), "operation " + i);
      }
      assertEquals(model.pages(), memory.pages());
      assertArrayEquals(
          model.readBytes(0, model.pages() * PAGE), memory.readBytes(0, memory.pages() * PAGE));
    }
  }

  /** Whatever was done, in calls of any length: the next one starts as the first did. */
  @Test
  void resetUndoesRandomOperations() {
    var random = new Random(43);
    try (Reservation reservation = budget.open()) {
      reservation.limit(64L * PAGE, 0);
      var memory = new GuestMemory(2, 9, reservation, new DataSegments(SEGMENTS));
      memory.initialize(null, SEGMENTS.clone());
      for (int i = 0; i < 40; i++) {
        memory.writeLong(random.nextInt(2 * PAGE - 8), random.nextLong());
      }
      byte[] start = memory.readBytes(0, 2 * PAGE);
      memory.startsAs(memory.image());
      for (int call = 0; call < 500; call++) {
        for (int i = random.nextInt(100); i >= 0; i--) {
          Object _ = result(memory, operation(random, random.nextInt(OPERATIONS)));
        }
        memory.reset();
        assertArrayEquals(start, memory.readBytes(0, memory.pages() * PAGE), "call " + call);
        if (call % 10 == 0) {
          assertEquals(2, memory.grow(7));
          assertArrayEquals(
              Arrays.copyOf(start, 9 * PAGE), memory.readBytes(0, 9 * PAGE), "call " + call);
          memory.reset();
        }
        memory.initPassiveSegment(1, 0, 0, 1);
      }
    }
    assertEquals(0, budget.heldBytes());
  }

  private static Object result(Memory memory, Function<Memory, Object> operation) {
    try {
      Object result = operation.apply(memory);
      return result instanceof byte[] bytes ? List.of(bytes.length, hash(bytes)) : result;
    } catch (WasmRuntimeException outOfBounds) {
      return "out of bounds";
    }
  }

  private static int hash(byte[] bytes) {
    return Arrays.hashCode(bytes);
  }

  private static Function<Memory, Object> operation(Random random, int number) {
    int address = address(random);
    int from = address(random);
    int size = size(random);
    long value = random.nextLong();
    return switch (random.nextInt(22)) {
      case 0 -> memory -> memory.read(address);
      case 1 -> memory -> memory.readShort(address);
      case 2 -> memory -> memory.readInt(address);
      case 3 -> memory -> memory.readLong(address);
      case 4 -> memory -> Float.floatToRawIntBits(memory.readFloat(address));
      case 5 -> memory -> Double.doubleToRawLongBits(memory.readDouble(address));
      case 6 -> memory -> memory.readU16(address);
      case 7 -> memory -> memory.readF32(address);
      case 8 -> memory -> memory.readF64(address);
      case 9 -> memory -> memory.readU8(address);
      case 10 -> does(memory -> memory.writeByte(address, (byte) value));
      case 11 -> does(memory -> memory.writeShort(address, (short) value));
      case 12 -> does(memory -> memory.writeI32(address, (int) value));
      case 13 -> does(memory -> memory.writeLong(address, value));
      case 14 -> does(memory -> memory.writeF32(address, Float.intBitsToFloat((int) value)));
      case 15 -> does(memory -> memory.writeF64(address, Double.longBitsToDouble(value)));
      case 16 -> does(memory -> memory.fill((byte) value, address, address + size));
      case 17 -> does(memory -> memory.copy(address, from, size));
      case 18 -> memory -> memory.readBytes(address, size);
      case 19 ->
          does(memory -> memory.initPassiveSegment((int) value & 1, address, from & 15, size));
      case 20 -> does(memory -> memory.write(address, new byte[] {1, 2, 3}, size & 3, 2));
      // Growing is rare, so that all sizes are met; dropping comes once, near the end.
      default ->
          number % 50 == 0
              ? memory -> memory.grow(random(value))
              : number > OPERATIONS - 1000
                  ? does(memory -> memory.drop(1))
                  : memory -> memory.pages();
    };
  }

  private static Function<Memory, Object> does(Consumer<Memory> write) {
    return memory -> {
      write.accept(memory);
      return "done";
    };
  }

  private static int random(long value) {
    return switch ((int) (value & 7)) {
      case 0 -> 1;
      case 1 -> 0;
      case 2 -> -1;
      case 3 -> Integer.MAX_VALUE;
      default -> 100;
    };
  }

  private static int address(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt();
      case 1 -> PAGE * (1 + random.nextInt(5)) - random.nextInt(12);
      case 2 -> -1 - random.nextInt(10);
      case 3 -> Integer.MAX_VALUE - random.nextInt(10);
      default -> random.nextInt(5 * PAGE);
    };
  }

  private static int size(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt();
      case 1 -> 0;
      case 2 -> random.nextInt(3 * PAGE);
      default -> random.nextInt(40);
    };
  }

  @Test
  void growsWithinWhatIsDeclaredAllowedAndBudgeted() {
    try (Reservation reservation = budget.open()) {
      reservation.limit(10L * PAGE, 0);
      var declared = new GuestMemory(1, 3, reservation, new DataSegments(SEGMENTS));
      assertEquals(-1, declared.grow(3));
      assertEquals(1, declared.grow(2));
      assertEquals(3, declared.pages());
      var unbounded = new GuestMemory(1, 65_536, reservation, new DataSegments(SEGMENTS));
      assertEquals(-1, unbounded.grow(10));
      assertEquals(1, unbounded.grow(9));
      assertEquals(GuestMemory.heldBytes(13L * PAGE), budget.heldBytes());
      reservation.limit(100L * PAGE, 0);
      assertEquals(-1, unbounded.grow(45));
      assertEquals(GuestMemory.heldBytes(13L * PAGE), budget.heldBytes());
    }
    assertEquals(0, budget.heldBytes());
  }

  @Test
  void reservationGivesBackOnce() {
    Reservation first = budget.open();
    Reservation second = budget.open();
    assertTrue(first.take(40L * PAGE));
    assertFalse(second.take(25L * PAGE));
    assertTrue(second.take(24L * PAGE));
    first.close();
    first.close();
    assertEquals(24L * PAGE, budget.heldBytes());
    second.close();
    assertEquals(0, budget.heldBytes());
  }

  @Test
  void droppedSegmentIsEmpty() {
    try (Reservation reservation = budget.open()) {
      var memory = new GuestMemory(1, 1, reservation, new DataSegments(SEGMENTS));
      memory.initialize(null, SEGMENTS.clone());
      memory.initPassiveSegment(0, 10, 1, 4);
      assertEquals(5, memory.read(13));
      memory.drop(0);
      memory.initPassiveSegment(0, 10, 0, 0);
      assertThrows(WasmRuntimeException.class, () -> memory.initPassiveSegment(0, 10, 0, 1));
      var next = new GuestMemory(1, 1, reservation, new DataSegments(SEGMENTS));
      next.initialize(null, SEGMENTS.clone());
      next.initPassiveSegment(0, 10, 0, 5);
    }
  }
}
