package dev.funless.fuzz.generate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/** Writes constants. */
final class Constants {

  private Constants() {}

  static void any(Dice dice, Code code, Type type, List<Layout.Callee> functions) {
    switch (type) {
      case I32 -> code.i32(dice.integer());
      case I64 -> code.i64(dice.longInteger());
      case F32 -> code.f32(dice.floatBits());
      case F64 -> code.f64(dice.doubleBits());
      case FUNCREF -> {
        if (dice.oneIn(3)) {
          code.op(Op.REF_NULL).put(type.code());
        } else {
          code.op(Op.REF_FUNC, dice.pick(functions).index());
        }
      }
      case EXTERNREF -> code.op(Op.REF_NULL).put(type.code());
    }
  }
}
