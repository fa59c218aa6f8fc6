package dev.funless.fuzz.generate;

import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.ModuleDraft;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/**
 * The functions that every generated module has: they turn its state into a number, and put numbers
 * into the log and into the answer. They keep what they write in the memory's first bytes.
 */
final class HandWritten {

  static final String FUNLESS_IMPORTS = "fl_imps";
  static final String WASI_IMPORTS = "wasi_snapshot_preview1";

  static final Signature NOTE = new Signature(List.of(Type.I64), List.of());
  static final Signature DIGEST = new Signature(List.of(), List.of(Type.I64));

  /** Where the pieces for WASI are described, and where it says how much it took. */
  private static final int PIECE = 8;

  private static final int TAKEN = 16;

  /** Where sixteen digits are written, with a byte before them and one behind. */
  private static final int DIGITS = 33;

  private static final int DIGIT_COUNT = 16;

  private static final Signature TWO = new Signature(List.of(Type.I32, Type.I32), List.of());
  private static final Signature STREAM =
      new Signature(List.of(Type.I32, Type.I32, Type.I32, Type.I32), List.of(Type.I32));
  private static final Signature NUMBER = new Signature(List.of(Type.I32), List.of());
  private static final Signature NUMBER_TO_NUMBER =
      new Signature(List.of(Type.I32), List.of(Type.I32));

  private final Kind kind;
  private final ModuleDraft draft;

  private final int input;
  private final int log;
  private final int answer;
  private final int close;
  private final int exit;

  private int digits;

  /** Imports what the kind of module needs. */
  HandWritten(Kind kind, ModuleDraft draft) {
    this.kind = kind;
    this.draft = draft;
    switch (kind) {
      case FUNLESS -> {
        input = draft.importFunction(FUNLESS_IMPORTS, "__get_input_data", NUMBER);
        log = draft.importFunction(FUNLESS_IMPORTS, "__console_log", TWO);
        answer = draft.importFunction(FUNLESS_IMPORTS, "__insert_response", TWO);
      }
      case COMMAND -> {
        input = draft.importFunction(WASI_IMPORTS, "fd_read", STREAM);
        log = draft.importFunction(WASI_IMPORTS, "fd_write", STREAM);
        answer = log;
      }
      default -> throw new IllegalArgumentException(kind.name());
    }
    close = draft.importFunction(WASI_IMPORTS, "fd_close", NUMBER_TO_NUMBER);
    exit = draft.importFunction(WASI_IMPORTS, "proc_exit", NUMBER);
  }

  /** Leaves the input at the address; takes nothing from the stack and leaves nothing. */
  void readInput(Code code, int address, int size) {
    switch (kind) {
      case FUNLESS -> code.i32(address).op(Op.CALL, input);
      case COMMAND -> {
        piece(code, address, size);
        code.i32(0).i32(PIECE).i32(1).i32(TAKEN).op(Op.CALL, input).op(Op.DROP);
      }
    }
  }

  void closeStream(Code code, int descriptor) {
    code.i32(descriptor).op(Op.CALL, close).op(Op.DROP);
  }

  void exit(Code code, int status) {
    code.i32(status).op(Op.CALL, exit);
  }

  /** The function (i64) -> () that writes sixteen digits. */
  void defineDigits() {
    digits = draft.declare(NOTE);
    int number = 0;
    int at = 1;
    int digit = 2;
    var code = new Code();
    code.open(Op.LOOP);
    code.op(Op.LOCAL_GET, number).i64(60).op(Op.I64_SHR_U).op(Op.I32_WRAP_I64);
    code.op(Op.LOCAL_SET, digit);
    code.op(Op.LOCAL_GET, at);
    code.op(Op.LOCAL_GET, digit).i32('0').op(Op.I32_ADD);
    code.op(Op.LOCAL_GET, digit).i32(9).op(Op.I32_GT_U).i32('a' - '9' - 1).op(Op.I32_MUL);
    code.op(Op.I32_ADD).access(Op.I32_STORE8, 0, DIGITS);
    code.op(Op.LOCAL_GET, number).i64(4).op(Op.I64_ROTL).op(Op.LOCAL_SET, number);
    code.op(Op.LOCAL_GET, at).i32(1).op(Op.I32_ADD).op(Op.LOCAL_TEE, at);
    code.i32(DIGIT_COUNT).op(Op.I32_GE_U).op(Op.I32_EQZ).op(Op.BR_IF, 0).op(Op.END);
    draft.define(digits, code.body(List.of(Type.I32, Type.I32)));
  }

  /** The function (i64) -> () that logs a number. */
  int defineNote() {
    int note = draft.declare(NOTE);
    var code = new Code();
    code.op(Op.LOCAL_GET, 0).op(Op.CALL, digits);
    switch (kind) {
      case FUNLESS -> code.i32(DIGITS).i32(DIGIT_COUNT).op(Op.CALL, log);
      case COMMAND -> {
        code.i32(DIGITS + DIGIT_COUNT).i32('\n').access(Op.I32_STORE8, 0, 0);
        piece(code, DIGITS, DIGIT_COUNT + 1);
        code.i32(2).i32(PIECE).i32(1).i32(TAKEN).op(Op.CALL, log).op(Op.DROP);
      }
    }
    draft.define(note, code.body(List.of()));
    return note;
  }

  /** The function (i64) -> () that answers with a number, as JSON. */
  int defineAnswer() {
    int function = draft.declare(NOTE);
    var code = new Code();
    code.op(Op.LOCAL_GET, 0).op(Op.CALL, digits);
    code.i32(DIGITS - 1).i32('"').access(Op.I32_STORE8, 0, 0);
    code.i32(DIGITS + DIGIT_COUNT).i32('"').access(Op.I32_STORE8, 0, 0);
    switch (kind) {
      case FUNLESS -> code.i32(DIGITS - 1).i32(DIGIT_COUNT + 2).op(Op.CALL, answer);
      case COMMAND -> {
        piece(code, DIGITS - 1, DIGIT_COUNT + 2);
        code.i32(1).i32(PIECE).i32(1).i32(TAKEN).op(Op.CALL, answer).op(Op.DROP);
      }
    }
    draft.define(function, code.body(List.of()));
    return function;
  }

  private static void piece(Code code, int address, int size) {
    code.i32(PIECE).i32(address).access(Op.I32_STORE, 2, 0);
    code.i32(PIECE).i32(size).access(Op.I32_STORE, 2, 4);
  }

  /** The function () -> i64 that makes one number of memory, globals and tables. */
  int defineDigest(List<Layout.GlobalSlot> globals, int fuel, List<Layout.TableSlot> tables) {
    int function = draft.declare(DIGEST);
    int at = 0;
    int sum = 1;
    var code = new Code();
    code.i64(0x1234_5678_9ABC_DEFL).op(Op.LOCAL_SET, sum);
    code.open(Op.BLOCK).open(Op.LOOP);
    code.op(Op.LOCAL_GET, at).op(Op.MEMORY_SIZE, 0).i32(16).op(Op.I32_SHL);
    code.op(Op.I32_GE_U).op(Op.BR_IF, 1);
    code.op(Op.LOCAL_GET, at).access(Op.I64_LOAD, 3, 0);
    mix(code, sum);
    next(code, at, 8);
    code.op(Op.BR, 0).op(Op.END).op(Op.END);
    code.op(Op.GLOBAL_GET, fuel).op(Op.I64_EXTEND_I32_U);
    mix(code, sum);
    for (Layout.GlobalSlot global : globals) {
      code.op(Op.GLOBAL_GET, global.index());
      asLong(code, global.type());
      mix(code, sum);
    }
    for (Layout.TableSlot table : tables) {
      code.i32(0).op(Op.LOCAL_SET, at);
      code.open(Op.BLOCK).open(Op.LOOP);
      code.op(Op.LOCAL_GET, at).bulk(Op.Bulk.TABLE_SIZE, table.index());
      code.op(Op.I32_GE_U).op(Op.BR_IF, 1);
      code.op(Op.LOCAL_GET, at).op(Op.TABLE_GET, table.index());
      asLong(code, table.type());
      mix(code, sum);
      next(code, at, 1);
      code.op(Op.BR, 0).op(Op.END).op(Op.END);
    }
    code.op(Op.LOCAL_GET, sum);
    draft.define(function, code.body(List.of(Type.I32, Type.I64)));
    return function;
  }

  private static void next(Code code, int local, int step) {
    code.op(Op.LOCAL_GET, local).i32(step).op(Op.I32_ADD).op(Op.LOCAL_SET, local);
  }

  /** Takes an i64 from the stack. */
  private static void mix(Code code, int sum) {
    code.op(Op.LOCAL_GET, sum).i64(5).op(Op.I64_ROTL).op(Op.I64_XOR);
    code.i64(0x9E37_79B9_7F4A_7C15L).op(Op.I64_MUL).op(Op.LOCAL_SET, sum);
  }

  private static void asLong(Code code, Type type) {
    switch (type) {
      case I32 -> code.op(Op.I64_EXTEND_I32_U);
      case I64 -> {}
      case F32 -> code.op(Op.I32_REINTERPRET_F32).op(Op.I64_EXTEND_I32_U);
      case F64 -> code.op(Op.I64_REINTERPRET_F64);
      case FUNCREF, EXTERNREF -> code.op(Op.REF_IS_NULL).op(Op.I64_EXTEND_I32_U);
    }
  }
}
