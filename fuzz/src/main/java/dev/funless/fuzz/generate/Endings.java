package dev.funless.fuzz.generate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.ModuleDraft;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Signature;
import java.util.List;

/** Writes what a call does last, after it has answered. */
final class Endings {

  private static final int PAGE = 65_536;

  private final Dice dice;
  private final ModuleDraft draft;
  private final Layout layout;
  private final HandWritten written;

  Endings(Dice dice, ModuleDraft draft, Layout layout, HandWritten written) {
    this.dice = dice;
    this.draft = draft;
    this.layout = layout;
    this.written = written;
  }

  /**
   * All endings, one after the other.
   *
   * @param chosen the global that says which one is taken
   */
  void write(Code code, int chosen) {
    for (Ending ending : Ending.values()) {
      int from = code.size();
      code.op(Op.GLOBAL_GET, chosen).i32(ending.code()).op(Op.I32_EQ).open(Op.IF);
      switch (ending) {
        case ANSWER -> code.op(Op.NOP);
        case UNREACHABLE -> code.op(Op.UNREACHABLE);
        case EXIT -> written.exit(code, dice.oneIn(2) ? 0 : dice.integer());
        case CLOSED_STREAMS -> {
          for (int descriptor = 0; descriptor < 3; descriptor++) {
            written.closeStream(code, descriptor);
          }
        }
        case DIRTIED -> dirty(code);
        case STACK -> code.op(Op.CALL, recursion());
        case ENDLESS -> loop(code);
      }
      code.op(Op.END);
      code.removableSince(from);
    }
  }

  private int recursion() {
    int again = draft.declare(Signature.NOTHING);
    draft.define(again, new Code().op(Op.CALL, again).op(Op.CALL, again).body(List.of()));
    return again;
  }

  /** Each way to go back is stopped in a place of its own. */
  private void loop(Code code) {
    code.open(Op.LOOP);
    switch (dice.below(4)) {
      case 0 -> code.op(Op.BR, 0);
      case 1 -> code.i32(1).op(Op.BR_IF, 0);
      case 2 -> code.i32(dice.below(4)).op(Op.BR_TABLE, 1).put(0).put(0);
      default -> {
        int empty = draft.declare(Signature.NOTHING);
        draft.define(empty, new Code().body(List.of()));
        code.op(Op.CALL, empty).i32(1).op(Op.BR_IF, 0);
      }
    }
    code.op(Op.END);
  }

  /** No state that the next call must not see stays as it was. */
  private void dirty(Code code) {
    if (dice.oneIn(2)) {
      code.i32(1).op(Op.MEMORY_GROW, 0).op(Op.DROP);
    }
    int all = layout.pages() * PAGE;
    int bytes = dice.oneIn(2) ? all : dice.below(5000);
    code.i32(dice.below(all - bytes + 1)).i32(1 + dice.below(255)).i32(bytes);
    code.bulk(Op.Bulk.MEMORY_FILL, 0);
    for (int i = 0; i < layout.dataBytes().size(); i++) {
      code.bulk(Op.Bulk.DATA_DROP, i);
    }
    for (int i = 0; i < layout.elementCounts().size(); i++) {
      code.bulk(Op.Bulk.ELEM_DROP, i);
    }
    for (Layout.TableSlot table : layout.tables()) {
      code.i32(0).op(Op.REF_NULL).put(table.type().code());
      code.i32(table.entries()).bulk(Op.Bulk.TABLE_FILL, table.index());
      if (dice.oneIn(2)) {
        code.op(Op.REF_NULL).put(table.type().code());
        code.i32(1).bulk(Op.Bulk.TABLE_GROW, table.index()).op(Op.DROP);
      }
    }
    for (Layout.GlobalSlot global : layout.globals()) {
      if (global.mutable()) {
        Constants.any(dice, code, global.type(), layout.functions());
        code.op(Op.GLOBAL_SET, global.index());
      }
    }
  }
}
