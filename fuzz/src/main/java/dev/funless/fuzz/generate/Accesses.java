package dev.funless.fuzz.generate;

import static dev.funless.fuzz.wasm.Type.I32;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/** Writes code that uses the linear memory: mostly inside, often at a page's edge. */
final class Accesses {

  private static final int PAGE = 65_536;
  private static final int PAGE_BITS = 16;
  private static final long LARGEST_OFFSET = 0xFFFF_FFFFL;

  private static final List<Access> ALL =
      List.of(
          new Access(0x28, 0x36, Type.I32, 4),
          new Access(0x2C, 0x3A, Type.I32, 1),
          new Access(0x2D, 0x3A, Type.I32, 1),
          new Access(0x2E, 0x3B, Type.I32, 2),
          new Access(0x2F, 0x3B, Type.I32, 2),
          new Access(0x29, 0x37, Type.I64, 8),
          new Access(0x30, 0x3C, Type.I64, 1),
          new Access(0x31, 0x3C, Type.I64, 1),
          new Access(0x32, 0x3D, Type.I64, 2),
          new Access(0x33, 0x3D, Type.I64, 2),
          new Access(0x34, 0x3E, Type.I64, 4),
          new Access(0x35, 0x3E, Type.I64, 4),
          new Access(0x2A, 0x38, Type.F32, 4),
          new Access(0x2B, 0x39, Type.F64, 8));

  /**
   * @param bytes how many it reads or writes
   */
  private record Access(int load, int store, Type type, int bytes) {}

  private final Scope scope;
  private final Values values;
  private final Dice dice;
  private final Code code;

  Accesses(Scope scope, Values values) {
    this.scope = scope;
    this.values = values;
    this.dice = scope.dice;
    this.code = scope.code;
  }

  void load(Type type, int depth) {
    Access access = dice.pick(ALL.stream().filter(each -> each.type == type).toList());
    long offset = address(access.bytes, depth - 1);
    code.access(access.load, alignment(access), offset);
  }

  void store(int depth) {
    Access access = dice.pick(ALL);
    long offset = address(access.bytes, depth - 1);
    values.value(access.type, depth - 1);
    code.access(access.store, alignment(access), offset);
  }

  void grow() {
    code.i32(dice.oneIn(8) ? dice.integer() : dice.below(3)).op(Op.MEMORY_GROW, 0);
  }

  void fill(int depth) {
    int size = size();
    constantAddress(size);
    values.value(I32, depth - 1);
    size(size);
    code.bulk(Op.Bulk.MEMORY_FILL, 0);
  }

  void copy() {
    int size = size();
    constantAddress(size);
    constantAddress(size);
    size(size);
    code.bulk(Op.Bulk.MEMORY_COPY, 0, 0);
  }

  void init() {
    if (scope.layout.dataBytes().isEmpty()) {
      return;
    }
    int segment = dice.below(scope.layout.dataBytes().size());
    // Whole ones trap once they are dropped, empty ones never do.
    int size = dice.oneIn(3) && wildSegment() ? scope.layout.dataBytes().get(segment) : 0;
    constantAddress(size);
    code.i32(values.wild() ? dice.integer() : 0);
    size(size);
    code.bulk(Op.Bulk.MEMORY_INIT, segment, 0);
  }

  void drop() {
    if (!scope.layout.dataBytes().isEmpty()) {
      code.bulk(Op.Bulk.DATA_DROP, dice.below(scope.layout.dataBytes().size()));
    }
  }

  private boolean wildSegment() {
    return scope.layout.mayTrap() && dice.oneIn(4);
  }

  private int alignment(Access access) {
    int natural = Integer.numberOfTrailingZeros(access.bytes);
    return dice.between(0, natural);
  }

  /** Leaves an address, and gives the offset that goes with it. */
  private long address(int bytes, int depth) {
    if (values.wild()) {
      values.value(I32, depth);
      return switch (dice.below(3)) {
        case 0 -> LARGEST_OFFSET - dice.below(9);
        case 1 -> dice.integer() & LARGEST_OFFSET;
        default -> 0;
      };
    }
    switch (dice.below(5)) {
      case 0 -> {
        values.value(I32, depth);
        code.i32(PAGE / 2 - 1).op(Op.I32_AND);
        return dice.below(PAGE / 2 - 8);
      }
      case 1 -> {
        // At the end of the memory, wherever that is by now.
        int distance = bytes + dice.below(9);
        int past = values.wild() ? dice.below(12) : 0;
        code.op(Op.MEMORY_SIZE, 0).i32(PAGE_BITS).op(Op.I32_SHL);
        code.i32(distance).op(Op.I32_SUB);
        return past;
      }
      case 2 -> {
        int last = scope.layout.pages() * PAGE - bytes;
        int address = Math.min(last, Math.max(0, PAGE - dice.below(12)));
        int offset = dice.oneIn(2) ? 0 : dice.below(address + 1);
        code.i32(address - offset);
        return offset;
      }
      default -> {
        constantAddress(bytes);
        return 0;
      }
    }
  }

  private void constantAddress(int bytes) {
    int room = scope.layout.pages() * PAGE - bytes;
    if (room < 0 || values.wild()) {
      code.i32(dice.integer());
    } else {
      code.i32(dice.oneIn(4) ? room : dice.below(room + 1));
    }
  }

  private int size() {
    return dice.oneIn(10) ? dice.below(PAGE) : dice.below(40);
  }

  private void size(int bytes) {
    code.i32(values.wild() ? dice.integer() : bytes);
  }
}
