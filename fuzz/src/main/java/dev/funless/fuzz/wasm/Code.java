package dev.funless.fuzz.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * The instructions of one function while they are written. Remembers which ranges of bytes leave
 * the stack as it was, and so may be cut out without making the function invalid. Not thread-safe.
 */
public final class Code extends WasmBytes {

  /**
   * @param from of its first byte
   * @param to behind its last byte
   */
  public record Range(int from, int to) {}

  private static final int CANONICAL_NAN_32 = 0x7FC0_0000;
  private static final long CANONICAL_NAN_64 = 0x7FF8_0000_0000_0000L;

  private final List<Range> removable = new ArrayList<>();

  public Code op(int opcode) {
    put(opcode);
    return this;
  }

  /** An instruction with one index. */
  public Code op(int opcode, int index) {
    put(opcode).unsigned(index);
    return this;
  }

  /** A load or store. */
  public Code access(int opcode, int alignment, long offset) {
    put(opcode).unsigned(alignment).unsigned(offset);
    return this;
  }

  /** One of the instructions behind the prefix. */
  public Code bulk(int opcode, int... indices) {
    put(Op.PREFIX).unsigned(opcode);
    for (int index : indices) {
      unsigned(index);
    }
    return this;
  }

  public Code i32(int value) {
    put(Op.I32_CONST).signed(value);
    return this;
  }

  public Code i64(long value) {
    put(Op.I64_CONST).signed(value);
    return this;
  }

  public Code f32(int bits) {
    put(Op.F32_CONST).littleEndian(bits, Float.BYTES);
    return this;
  }

  public Code f64(long bits) {
    put(Op.F64_CONST).littleEndian(bits, Double.BYTES);
    return this;
  }

  /** Begins a block, loop or if that gives nothing. */
  public Code open(int opcode) {
    put(opcode).put(0x40);
    return this;
  }

  /** Begins a block, loop or if of the type with this index. */
  public Code open(int opcode, int type) {
    put(opcode).signed(type);
    return this;
  }

  /**
   * Makes the number on top of the stack the one canonical NaN, where it is a NaN: wasm does not
   * say which bits a NaN has, so nothing may depend on them.
   *
   * @param scratch a local of the type
   */
  public Code canonical(Type type, int scratch) {
    op(Op.LOCAL_TEE, scratch);
    if (type == Type.F32) {
      f32(CANONICAL_NAN_32);
    } else {
      f64(CANONICAL_NAN_64);
    }
    return op(Op.LOCAL_GET, scratch)
        .op(Op.LOCAL_GET, scratch)
        .op(type == Type.F32 ? Op.F32_EQ : Op.F64_EQ)
        .op(Op.SELECT);
  }

  /** What was written since {@code from} may be cut out. */
  public void removableSince(int from) {
    removable.add(new Range(from, size()));
  }

  public Body body(List<Type> locals) {
    return new Body(locals, toArray(), removable);
  }

  /**
   * A finished function.
   *
   * @param locals without its parameters
   * @param code without the closing end
   * @param removable ranges of it that may be cut out; they nest, but do not overlap otherwise
   */
  public record Body(List<Type> locals, byte[] code, List<Range> removable) {

    public Body {
      locals = List.copyOf(locals);
      removable = List.copyOf(removable);
    }
  }
}
