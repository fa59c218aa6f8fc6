package dev.funless.fuzz.generate;

import static dev.funless.fuzz.wasm.Type.I32;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/**
 * Writes blocks, branches and calls. All of it ends: the head of every loop and of every function
 * takes one unit of fuel, and without fuel no loop is gone around and functions return at once.
 */
final class Flow {

  /**
   * Version 1.7.5 of the wasm library takes the numbers of types from 64 on for something else
   * where a block names one.
   */
  private static final int BLOCK_TYPES = 62;

  private final Scope scope;
  private final Values values;
  private final Statements statements;
  private final Dice dice;
  private final Code code;

  Flow(Scope scope, Values values, Statements statements) {
    this.scope = scope;
    this.values = values;
    this.statements = statements;
    this.dice = scope.dice;
    this.code = scope.code;
  }

  void conditional(List<Type> results, int depth) {
    values.value(I32, depth - 1);
    code.open(Op.IF, type(List.of(), results));
    inside(new Scope.Label(false, results), results, depth);
    if (!results.isEmpty() || dice.oneIn(2)) {
      code.op(Op.ELSE);
      inside(new Scope.Label(false, results), results, depth);
    }
    code.op(Op.END);
  }

  void block(List<Type> results, int depth) {
    List<Type> params = manyTypes() && dice.oneIn(2) ? Shapes.types(dice, 3) : List.of();
    values.all(params);
    boolean loop = dice.oneIn(3);
    code.open(loop ? Op.LOOP : Op.BLOCK, type(params, results));
    values.consume(params);
    if (loop) {
      takeFuel();
    }
    inside(new Scope.Label(loop, loop ? params : results), results, depth);
    code.op(Op.END);
  }

  private void inside(Scope.Label label, List<Type> results, int depth) {
    scope.labels.add(label);
    statements.some(depth - 1);
    results.forEach(result -> values.value(result, depth - 1));
    scope.labels.removeLast();
  }

  /** A branch to any open block, taken or not. */
  void branch(int depth) {
    int target = dice.below(scope.labels.size());
    Scope.Label label = label(target);
    values.all(label.types());
    values.value(I32, depth - 1);
    if (label.loop()) {
      // A loop is gone around only with fuel.
      code.i32(0).op(0x47);
      hasFuel();
      code.op(Op.I32_AND);
    }
    code.op(Op.BR_IF, target);
    values.consume(label.types());
  }

  /** Leaves for one of several blocks, of the same types, that are no loops; or does not. */
  void branchTable(int depth) {
    List<Type> types = label(dice.below(scope.labels.size())).types();
    int[] targets = new int[dice.between(1, dice.oneIn(20) ? 300 : 6)];
    for (int i = 0; i < targets.length; i++) {
      int target = dice.below(scope.labels.size());
      targets[i] = label(target).loop() || !label(target).types().equals(types) ? -1 : target;
    }
    int fallback = lastFitting(types);
    if (fallback < 0) {
      return;
    }
    values.value(I32, depth - 1);
    code.open(Op.IF);
    scope.labels.add(new Scope.Label(false, List.of()));
    values.all(types);
    values.value(I32, depth - 1);
    code.op(Op.BR_TABLE, targets.length - 1);
    for (int target : targets) {
      code.unsigned(1 + (target < 0 ? fallback : target));
    }
    scope.labels.removeLast();
    code.op(Op.END);
  }

  /** Returns under a condition, perhaps with a tail call. */
  void leave(int depth) {
    values.value(I32, depth - 1);
    code.open(Op.IF);
    scope.labels.add(new Scope.Label(false, List.of()));
    List<Layout.Callee> same =
        scope.layout.functions().stream()
            .filter(each -> each.signature().results().equals(scope.signature.results()))
            .toList();
    boolean indirect = scope.layout.indirect().results().equals(scope.signature.results());
    boolean tail = scope.layout.rare().tailCalls();
    if (tail && indirect && dice.oneIn(3)) {
      values.all(scope.layout.indirect().params());
      values.tables().callee(depth - 1);
      code.op(Op.RETURN_CALL_INDIRECT, scope.draft.type(scope.layout.indirect())).unsigned(0);
    } else if (tail && !same.isEmpty() && dice.oneIn(2)) {
      Layout.Callee callee = dice.pick(same);
      values.all(callee.signature().params());
      code.op(Op.RETURN_CALL, callee.index());
    } else {
      values.all(scope.signature.results());
      code.op(Op.RETURN);
    }
    scope.labels.removeLast();
    code.op(Op.END);
  }

  /** A call of a function whose first result is of the type; the others are dropped. */
  void callGiving(Type type, int depth) {
    List<Layout.Callee> giving =
        scope.layout.functions().stream()
            .filter(each -> each.signature().results().stream().findFirst().orElse(null) == type)
            .toList();
    if (giving.isEmpty()) {
      values.leaf(type);
      return;
    }
    Signature signature;
    if (scope.layout.indirect().results().equals(List.of(type)) && dice.oneIn(2)) {
      signature = scope.layout.indirect();
      values.all(signature.params());
      values.tables().callee(depth);
      code.op(Op.CALL_INDIRECT, scope.draft.type(signature)).unsigned(0);
    } else {
      Layout.Callee callee = dice.pick(giving);
      signature = callee.signature();
      values.all(signature.params());
      code.op(Op.CALL, callee.index());
    }
    for (int i = 1; i < signature.results().size(); i++) {
      code.op(Op.DROP);
    }
  }

  /** A call of any function, with all that it gives kept. */
  void call() {
    Layout.Callee callee = dice.pick(scope.layout.functions());
    values.all(callee.signature().params());
    code.op(Op.CALL, callee.index());
    values.consume(callee.signature().results());
  }

  /** The head of a function. */
  void returnWithoutFuel() {
    hasFuel();
    code.op(Op.I32_EQZ).open(Op.IF);
    scope.signature.results().forEach(values::constant);
    code.op(Op.RETURN).op(Op.END);
    takeFuel();
  }

  private void takeFuel() {
    int fuel = scope.layout.kept().fuel();
    code.op(Op.GLOBAL_GET, fuel).i32(1).op(Op.I32_SUB).op(Op.GLOBAL_SET, fuel);
  }

  private void hasFuel() {
    code.op(Op.GLOBAL_GET, scope.layout.kept().fuel()).i32(0).op(Op.I32_GT_S);
  }

  boolean manyTypes() {
    return scope.layout.rare().blockParameters() && scope.draft.typeCount() < BLOCK_TYPES;
  }

  private int type(List<Type> params, List<Type> results) {
    return scope.draft.type(new Signature(params, results));
  }

  private Scope.Label label(int depth) {
    return scope.labels.get(scope.labels.size() - 1 - depth);
  }

  private int lastFitting(List<Type> types) {
    for (int depth = scope.labels.size() - 1; depth >= 0; depth--) {
      if (!label(depth).loop() && label(depth).types().equals(types)) {
        return depth;
      }
    }
    return -1;
  }
}
