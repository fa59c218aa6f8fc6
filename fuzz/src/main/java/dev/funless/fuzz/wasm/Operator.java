package dev.funless.fuzz.wasm;

import static dev.funless.fuzz.wasm.Type.F32;
import static dev.funless.fuzz.wasm.Type.F64;
import static dev.funless.fuzz.wasm.Type.I32;
import static dev.funless.fuzz.wasm.Type.I64;

import java.util.ArrayList;
import java.util.List;

/**
 * An instruction that only computes: every one of the first version of wasm, with sign extension
 * and saturating conversion.
 *
 * @param code its opcode; behind {@link Op#PREFIX} where {@code prefixed}
 * @param traps whether it traps on some operands
 */
public record Operator(int code, boolean prefixed, List<Type> params, Type result, boolean traps) {

  public static final List<Operator> ALL = all();

  public boolean divides() {
    return traps && params.size() == 2;
  }

  public static List<Operator> giving(Type result) {
    return ALL.stream().filter(each -> each.result == result).toList();
  }

  private static List<Operator> all() {
    var found = new ArrayList<Operator>();
    add(found, 0x45, 0x45, I32, I32);
    add(found, 0x46, 0x4F, I32, I32, I32);
    add(found, 0x50, 0x50, I32, I64);
    add(found, 0x51, 0x5A, I32, I64, I64);
    add(found, 0x5B, 0x60, I32, F32, F32);
    add(found, 0x61, 0x66, I32, F64, F64);
    add(found, 0x67, 0x69, I32, I32);
    add(found, 0x6A, 0x78, I32, I32, I32);
    add(found, 0x79, 0x7B, I64, I64);
    add(found, 0x7C, 0x8A, I64, I64, I64);
    add(found, 0x8B, 0x91, F32, F32);
    add(found, 0x92, 0x98, F32, F32, F32);
    add(found, 0x99, 0x9F, F64, F64);
    add(found, 0xA0, 0xA6, F64, F64, F64);
    add(found, 0xA7, 0xA7, I32, I64);
    add(found, 0xA8, 0xA9, I32, F32);
    add(found, 0xAA, 0xAB, I32, F64);
    add(found, 0xAC, 0xAD, I64, I32);
    add(found, 0xAE, 0xAF, I64, F32);
    add(found, 0xB0, 0xB1, I64, F64);
    add(found, 0xB2, 0xB3, F32, I32);
    add(found, 0xB4, 0xB5, F32, I64);
    add(found, 0xB6, 0xB6, F32, F64);
    add(found, 0xB7, 0xB8, F64, I32);
    add(found, 0xB9, 0xBA, F64, I64);
    add(found, 0xBB, 0xBB, F64, F32);
    add(found, 0xBC, 0xBC, I32, F32);
    add(found, 0xBD, 0xBD, I64, F64);
    add(found, 0xBE, 0xBE, F32, I32);
    add(found, 0xBF, 0xBF, F64, I64);
    add(found, 0xC0, 0xC1, I32, I32);
    add(found, 0xC2, 0xC4, I64, I64);
    for (int code = 0; code < 8; code++) {
      Type from = (code & 2) == 0 ? F32 : F64;
      found.add(new Operator(code, true, List.of(from), code < 4 ? I32 : I64, false));
    }
    return List.copyOf(found);
  }

  private static void add(List<Operator> found, int first, int last, Type result, Type... params) {
    for (int code = first; code <= last; code++) {
      found.add(new Operator(code, false, List.of(params), result, traps(code)));
    }
  }

  private static boolean traps(int code) {
    boolean division = (code >= 0x6D && code <= 0x70) || (code >= 0x7F && code <= 0x82);
    boolean truncation = (code >= 0xA8 && code <= 0xAB) || (code >= 0xAE && code <= 0xB1);
    return division || truncation;
  }
}
