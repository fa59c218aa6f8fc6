package dev.funless.fuzz.generate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.List;
import java.util.stream.Stream;

/** Random signatures. */
final class Shapes {

  private static final List<Type> TYPES =
      List.of(
          Type.I32,
          Type.I32,
          Type.I32,
          Type.I64,
          Type.I64,
          Type.F32,
          Type.F64,
          Type.FUNCREF,
          Type.EXTERNREF);

  private Shapes() {}

  /** At most so many types. */
  static List<Type> types(Dice dice, int most) {
    return Stream.generate(() -> dice.pick(TYPES)).limit(dice.below(most + 1)).toList();
  }

  static Type type(Dice dice) {
    return dice.pick(TYPES);
  }

  /** Mostly small; now and then with more parameters or results than a JVM method can have. */
  static Signature signature(Dice dice) {
    int params = dice.oneIn(100) ? 300 : 4;
    int results = dice.oneIn(100) ? 300 : 3;
    return new Signature(types(dice, params), types(dice, results));
  }
}
