package dev.funless.fuzz.generate;

import static dev.funless.fuzz.wasm.Type.I32;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/**
 * Writes code that uses tables. Every module has three: one of functions of one signature, which
 * are called through it, one of any functions, and one of externals.
 */
final class Tables {

  private final Scope scope;
  private final Values values;
  private final Dice dice;
  private final Code code;

  Tables(Scope scope, Values values) {
    this.scope = scope;
    this.values = values;
    this.dice = scope.dice;
    this.code = scope.code;
  }

  /** Leaves what an entry holds. */
  void entry(Type type, int depth) {
    Layout.TableSlot table = any(type);
    index(table, depth);
    code.op(Op.TABLE_GET, table.index());
  }

  void size() {
    code.bulk(Op.Bulk.TABLE_SIZE, dice.pick(scope.layout.tables()).index());
  }

  void grow(int depth) {
    Layout.TableSlot table = dice.pick(scope.layout.tables());
    values.value(table.type(), depth - 1);
    code.i32(dice.oneIn(8) ? dice.integer() : dice.below(4));
    code.bulk(Op.Bulk.TABLE_GROW, table.index());
  }

  /** Changes a table, or drops a segment of one. */
  void change(int depth) {
    Layout.TableSlot table = dice.pick(scope.layout.tables());
    if (table.index() == 0 && !values.wild()) {
      changeCallees(table, depth);
      return;
    }
    switch (dice.below(5)) {
      case 0, 1 -> {
        index(table, depth);
        values.value(table.type(), depth - 1);
        code.op(Op.TABLE_SET, table.index());
      }
      case 2 -> {
        int count = dice.below(table.entries() + 1);
        code.i32(start(table, count));
        values.value(table.type(), depth - 1);
        code.i32(count).bulk(Op.Bulk.TABLE_FILL, table.index());
      }
      case 3 -> {
        Layout.TableSlot from = any(table.type());
        int count = dice.below(Math.min(table.entries(), from.entries()) + 1);
        code.i32(start(table, count)).i32(start(from, count)).i32(count);
        code.bulk(Op.Bulk.TABLE_COPY, table.index(), from.index());
      }
      default -> segment();
    }
  }

  /** Keeps all of them callable. */
  private void changeCallees(Layout.TableSlot table, int depth) {
    List<Layout.Callee> fitting =
        scope.layout.functions().stream()
            .filter(each -> each.signature().equals(scope.layout.indirect()))
            .toList();
    int callee = dice.pick(fitting).index();
    if (dice.oneIn(4)) {
      int count = dice.below(table.entries() + 1);
      code.i32(start(table, count)).op(Op.REF_FUNC, callee).i32(count);
      code.bulk(Op.Bulk.TABLE_FILL, table.index());
    } else {
      index(table, depth);
      code.op(Op.REF_FUNC, callee).op(Op.TABLE_SET, table.index());
    }
  }

  private void segment() {
    int segment = dice.below(scope.layout.elementCounts().size());
    if (dice.oneIn(3)) {
      code.bulk(Op.Bulk.ELEM_DROP, segment);
      return;
    }
    Layout.TableSlot table = scope.layout.tables().get(values.wild() ? 0 : 1);
    int count =
        scope.layout.mayTrap() && dice.oneIn(6) ? scope.layout.elementCounts().get(segment) : 0;
    code.i32(start(table, Math.min(count, table.entries())));
    code.i32(values.wild() ? outside() : 0).i32(count);
    code.bulk(Op.Bulk.TABLE_INIT, segment, table.index());
  }

  /** A function's index in the first table, and the type to call it by. */
  void callee(int depth) {
    index(scope.layout.tables().getFirst(), depth);
  }

  private int outside() {
    return dice.integer();
  }

  private int start(Layout.TableSlot table, int count) {
    return values.wild() ? outside() : dice.below(table.entries() - count + 1);
  }

  private void index(Layout.TableSlot table, int depth) {
    if (values.wild() || table.entries() == 0) {
      values.value(I32, depth - 1);
    } else if (dice.oneIn(2)) {
      code.i32(dice.below(table.entries()));
    } else {
      // The remainder of a division by the size, which no table loses.
      values.value(I32, depth - 1);
      code.i32(table.entries()).op(0x70);
    }
  }

  private Layout.TableSlot any(Type type) {
    List<Layout.TableSlot> fitting =
        scope.layout.tables().stream().filter(table -> table.type() == type).toList();
    return dice.pick(fitting);
  }
}
