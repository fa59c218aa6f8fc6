package dev.funless.fuzz.generate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.ModuleDraft;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One function while it is generated: its locals, its open blocks, and how much it may yet grow.
 */
final class Scope {

  /**
   * A block that can be branched to.
   *
   * @param types what a branch to it takes along
   */
  record Label(boolean loop, List<Type> types) {}

  final Dice dice;
  final Layout layout;
  final ModuleDraft draft;
  final Signature signature;
  final Code code = new Code();

  /** The innermost last. */
  final List<Label> labels = new ArrayList<>();

  private final List<Type> locals = new ArrayList<>();
  private final List<Type> declared = new ArrayList<>();
  private final Map<Type, Integer> scratch = new EnumMap<>(Type.class);
  private int budget;

  /**
   * @param budget how many constructs it may have, about
   */
  Scope(Dice dice, Layout layout, ModuleDraft draft, Signature signature, int budget) {
    this.dice = dice;
    this.layout = layout;
    this.draft = draft;
    this.signature = signature;
    this.budget = budget;
    labels.add(new Label(false, signature.results()));
    locals.addAll(signature.params());
    boolean many = dice.oneIn(150);
    for (Type type : Type.values()) {
      int count = many ? dice.between(20, 120) : dice.between(1, 3);
      // The last one of a type is for canonical NaNs, and no variable.
      for (int i = 0; i <= count; i++) {
        declared.add(type);
      }
      scratch.put(type, signature.params().size() + declared.size() - 1);
    }
    locals.addAll(declared);
  }

  /** Uses up a little of the budget; true where nothing is left. */
  boolean spent() {
    return --budget <= 0;
  }

  int scratch(Type type) {
    return scratch.get(type);
  }

  /** A variable of the type. */
  int local(Type type) {
    int[] all =
        IntStream.range(0, locals.size())
            .filter(at -> locals.get(at) == type && at != scratch.get(type))
            .toArray();
    return all[dice.below(all.length)];
  }

  Code.Body body() {
    return code.body(declared);
  }
}
