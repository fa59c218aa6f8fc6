package dev.funless.fuzz.generate;

import static dev.funless.fuzz.wasm.Type.I32;
import static dev.funless.fuzz.wasm.Type.I64;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.ModuleDraft;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/** Writes code that leaves the stack as it was; whole functions of it. */
final class Statements {

  private final Scope scope;
  private final Dice dice;
  private final Code code;
  private final Values values;

  Statements(Scope scope) {
    this.scope = scope;
    this.dice = scope.dice;
    this.code = scope.code;
    this.values = new Values(scope, this);
  }

  /** A function of random content. */
  static Code.Body function(
      Dice dice, Layout layout, ModuleDraft draft, Signature signature, int budget) {
    var scope = new Scope(dice, layout, draft, signature, budget);
    var statements = new Statements(scope);
    statements.values.flow().returnWithoutFuel();
    do {
      statements.one(Values.DEPTH);
    } while (!scope.spent());
    signature.results().forEach(statements.values::value);
    return scope.body();
  }

  void some(int depth) {
    int count = depth <= 0 ? 0 : dice.below(4);
    for (int i = 0; i < count && !scope.spent(); i++) {
      one(depth);
    }
  }

  private void one(int depth) {
    int from = code.size();
    write(depth);
    code.removableSince(from);
  }

  private void write(int depth) {
    switch (dice.below(24)) {
      case 0, 1, 2, 3 -> assign(depth);
      case 4, 5, 6 -> global(depth);
      case 7, 8, 9, 10 -> values.accesses().store(depth);
      case 11 -> values.accesses().fill(depth);
      case 12 -> values.accesses().copy();
      case 13 -> segments();
      case 14, 15 -> values.tables().change(depth);
      case 16 -> values.flow().conditional(List.of(), depth);
      case 17, 18 -> results(depth);
      case 19 -> values.flow().branch(depth);
      case 20 -> values.flow().branchTable(depth);
      case 21 -> values.flow().leave(depth);
      case 22 -> values.flow().call();
      default -> rare(depth);
    }
  }

  private void assign(int depth) {
    Type type = Shapes.type(dice);
    values.value(type, depth);
    code.op(Op.LOCAL_SET, scope.local(type));
  }

  private void global(int depth) {
    List<Layout.GlobalSlot> mutable =
        scope.layout.globals().stream().filter(Layout.GlobalSlot::mutable).toList();
    if (mutable.isEmpty()) {
      code.op(Op.NOP);
      return;
    }
    Layout.GlobalSlot global = dice.pick(mutable);
    values.value(global.type(), depth);
    code.op(Op.GLOBAL_SET, global.index());
  }

  private void segments() {
    if (dice.oneIn(3)) {
      values.accesses().drop();
    } else {
      values.accesses().init();
    }
  }

  private void results(int depth) {
    List<Type> results = Shapes.types(dice, values.flow().manyTypes() ? 3 : 1);
    values.flow().block(results, depth);
    values.consume(results);
  }

  private void rare(int depth) {
    switch (dice.below(6)) {
      case 0 -> {
        values.accesses().grow();
        code.op(Op.DROP);
      }
      case 1 -> {
        values.tables().grow(depth);
        code.op(Op.DROP);
      }
      case 2 -> {
        values.value(Shapes.type(dice), depth);
        code.op(Op.DROP);
      }
      case 3 -> {
        values.value(I32, depth);
        code.op(values.wild() ? Op.UNREACHABLE : Op.DROP);
      }
      default -> {
        values.value(I64, depth);
        code.op(Op.CALL, scope.layout.kept().note());
      }
    }
  }
}
