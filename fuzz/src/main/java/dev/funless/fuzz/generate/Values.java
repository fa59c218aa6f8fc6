package dev.funless.fuzz.generate;

import static dev.funless.fuzz.wasm.Type.F32;
import static dev.funless.fuzz.wasm.Type.F64;
import static dev.funless.fuzz.wasm.Type.FUNCREF;
import static dev.funless.fuzz.wasm.Type.I32;
import static dev.funless.fuzz.wasm.Type.I64;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Operator;
import dev.funless.fuzz.wasm.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Writes code that leaves one value of a wanted type. */
final class Values {

  /** How deep expressions nest. */
  static final int DEPTH = 5;

  private static final Map<Type, List<Operator>> OPERATORS = new EnumMap<>(Type.class);

  static {
    for (Type type : Type.values()) {
      OPERATORS.put(type, Operator.giving(type));
    }
  }

  private final Scope scope;
  private final Dice dice;
  private final Code code;
  private final Accesses accesses;
  private final Tables tables;
  private final Flow flow;

  Values(Scope scope, Statements statements) {
    this.scope = scope;
    this.dice = scope.dice;
    this.code = scope.code;
    this.accesses = new Accesses(scope, this);
    this.tables = new Tables(scope, this);
    this.flow = new Flow(scope, this, statements);
  }

  Accesses accesses() {
    return accesses;
  }

  Tables tables() {
    return tables;
  }

  Flow flow() {
    return flow;
  }

  void value(Type type) {
    value(type, DEPTH);
  }

  void all(List<Type> types) {
    types.forEach(type -> value(type, 2));
  }

  void value(Type type, int depth) {
    if (depth <= 0 || scope.spent()) {
      leaf(type);
      return;
    }
    switch (dice.below(20)) {
      case 0, 1 -> leaf(type);
      case 2 -> select(type, depth);
      case 3 -> flow.conditional(List.of(type), depth);
      case 4 -> flow.block(List.of(type), depth);
      case 5, 6 -> flow.callGiving(type, depth);
      case 7 -> tee(type, depth);
      case 8 -> special(type, depth);
      case 9, 10 -> load(type, depth);
      default -> computed(type, depth);
    }
  }

  /** A value that costs nothing to write. */
  void leaf(Type type) {
    Predicate<Layout.GlobalSlot> fits = global -> global.type() == type;
    List<Layout.GlobalSlot> globals = scope.layout.globals().stream().filter(fits).toList();
    switch (dice.below(4)) {
      case 0, 1 -> code.op(Op.LOCAL_GET, scope.local(type));
      case 2 -> {
        if (globals.isEmpty()) {
          constant(type);
        } else {
          code.op(Op.GLOBAL_GET, dice.pick(globals).index());
        }
      }
      default -> constant(type);
    }
  }

  void constant(Type type) {
    Constants.any(dice, code, type, scope.layout.functions());
  }

  private void computed(Type type, int depth) {
    if (type.isReference()) {
      tables.entry(type, depth);
      return;
    }
    Operator operator = dice.pick(OPERATORS.get(type));
    if (operator.traps() && !operator.divides() && !wild()) {
      operator = saturating(operator);
    }
    operator.params().forEach(param -> value(param, depth - 1));
    if (operator.divides() && !wild()) {
      boolean wide = type == I64;
      if (wide) {
        code.i64(1).op(Op.I64_OR);
      } else {
        code.i32(1).op(Op.I32_OR);
      }
    }
    if (operator.prefixed()) {
      code.bulk(operator.code());
    } else {
      code.op(operator.code());
    }
    canonical(type);
  }

  /** The one that does the same, and traps on no operand. */
  private static Operator saturating(Operator operator) {
    return OPERATORS.get(operator.result()).stream()
        .filter(each -> each.prefixed() && each.params().equals(operator.params()))
        .findFirst()
        .orElseThrow();
  }

  private void load(Type type, int depth) {
    if (type.isReference()) {
      tables.entry(type, depth);
    } else {
      accesses.load(type, depth);
      canonical(type);
    }
  }

  private void canonical(Type type) {
    if (type == F32 || type == F64) {
      code.canonical(type, scope.scratch(type));
    }
  }

  private void select(Type type, int depth) {
    value(type, depth - 1);
    value(type, depth - 1);
    value(I32, depth - 1);
    if (type.isReference() || dice.oneIn(3)) {
      code.op(Op.SELECT_TYPED, 1).put(type.code());
    } else {
      code.op(Op.SELECT);
    }
  }

  private void tee(Type type, int depth) {
    value(type, depth - 1);
    code.op(Op.LOCAL_TEE, scope.local(type));
  }

  /** What only a few types have instructions for. */
  private void special(Type type, int depth) {
    if (type != I32) {
      computed(type, depth);
      return;
    }
    switch (dice.below(5)) {
      case 0 -> code.op(Op.MEMORY_SIZE, 0);
      case 1 -> accesses.grow();
      case 2 -> tables.size();
      case 3 -> tables.grow(depth);
      default -> {
        value(dice.oneIn(4) ? Type.EXTERNREF : FUNCREF, depth - 1);
        code.op(Op.REF_IS_NULL);
      }
    }
  }

  /** Pops what is on the stack, the last first. */
  void consume(List<Type> types) {
    var reversed = new ArrayList<>(types).reversed();
    for (Type type : reversed) {
      if (dice.oneIn(3)) {
        code.op(Op.DROP);
      } else {
        code.op(Op.LOCAL_SET, scope.local(type));
      }
    }
  }

  /** Whether to do, this time, what may well trap. */
  boolean wild() {
    return scope.layout.mayTrap() && dice.oneIn(60);
  }
}
