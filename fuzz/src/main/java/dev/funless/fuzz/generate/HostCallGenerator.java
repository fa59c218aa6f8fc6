package dev.funless.fuzz.generate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.ModuleDraft;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import dev.funless.fuzz.wasm.WasmBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes modules that import every host function and call them in a random order: directly, through
 * a table, in loops, and at the end of the stack. Their memory is laid out so that a random small
 * pointer finds descriptors of pieces and subscriptions with odd pointers and lengths of their own.
 */
public final class HostCallGenerator {

  /** A function of the host. */
  public record Import(String module, String name, Signature signature) {}

  private static final int PAGE = 65_536;
  private static final int PAGES = 2;

  /** Where the laid-out memory ends. */
  private static final int LAID_OUT = 4096;

  private final Dice dice;
  private final List<Import> imports;
  private final ModuleDraft draft = new ModuleDraft();
  private final List<Integer> favourites;

  private HostCallGenerator(Dice dice, List<Import> imports) {
    this.dice = dice;
    this.imports = imports;
    // A few functions at a time, so that they meet each other often.
    this.favourites =
        IntStream.range(0, dice.between(1, 8)).mapToObj(_ -> dice.below(imports.size())).toList();
  }

  public static ModuleDraft generate(Dice dice, List<Import> imports) {
    var generator = new HostCallGenerator(dice, imports);
    generator.all();
    return generator.draft;
  }

  private void all() {
    imports.forEach(each -> draft.importFunction(each.module(), each.name(), each.signature()));
    draft.memory(PAGES, dice.oneIn(2) ? -1 : PAGES + dice.below(4));
    draft.table(Type.FUNCREF, imports.size(), -1);
    draft.activeElements(0, 0, IntStream.range(0, imports.size()).boxed().toList());
    draft.activeData(0, laidOut());
    int calls = calls();
    if (dice.oneIn(12)) {
      draft.start(calls);
    }
    if (dice.oneIn(12)) {
      draft.export("_initialize", calls);
    }
    entries(calls);
  }

  private void entries(int calls) {
    if (dice.oneIn(2)) {
      draft.export("_start", calls);
      return;
    }
    var type = new Signature(List.of(Type.I32), List.of(Type.I32));
    if (dice.oneIn(15)) {
      // An import that happens to have the entry's type.
      List<Integer> fitting =
          IntStream.range(0, imports.size())
              .filter(at -> imports.get(at).signature().equals(type))
              .boxed()
              .toList();
      draft.export("__invoke", dice.pick(fitting));
      return;
    }
    int entry = draft.declare(type);
    var code = new Code().op(Op.CALL, calls).i32(dice.oneIn(4) ? dice.integer() : 0);
    draft.define(entry, code.body(List.of()));
    draft.export("__invoke", entry);
  }

  private int calls() {
    int function = draft.declare(Signature.NOTHING);
    int deep = deep();
    var code = new Code();
    for (int i = dice.between(1, 40); i > 0; i--) {
      int from = code.size();
      switch (dice.below(20)) {
        case 0 -> code.i32(dice.below(3)).op(Op.MEMORY_GROW, 0).op(Op.DROP);
        case 1 -> {
          code.i32(pointer()).i32(dice.integer()).access(Op.I32_STORE, 0, 0);
        }
        case 2 -> {
          code.i32(dice.below(100)).op(Op.LOCAL_SET, 1).open(Op.LOOP);
          call(code);
          code.op(Op.LOCAL_GET, 1).i32(1).op(Op.I32_SUB).op(Op.LOCAL_TEE, 1);
          code.i32(0).op(Op.I32_GT_S).op(Op.BR_IF, 0).op(Op.END);
        }
        case 3 -> {
          if (dice.oneIn(8)) {
            code.op(Op.CALL, deep);
          }
        }
        default -> call(code);
      }
      code.removableSince(from);
    }
    draft.define(function, code.body(List.of(Type.I32, Type.I32)));
    return function;
  }

  /** Recurses without end, with a host call at every depth. */
  private int deep() {
    int function = draft.declare(Signature.NOTHING);
    var code = new Code();
    call(code);
    code.op(Op.CALL, function);
    call(code);
    draft.define(function, code.body(List.of(Type.I32, Type.I32)));
    return function;
  }

  private void call(Code code) {
    int function = dice.oneIn(3) ? dice.below(imports.size()) : dice.pick(favourites);
    if (imports.get(function).name().equals("proc_exit") && !dice.oneIn(10)) {
      return;
    }
    Signature signature = imports.get(function).signature();
    for (Type param : signature.params()) {
      if (param == Type.I64) {
        code.i64(dice.longInteger());
      } else if (param == Type.F64) {
        code.f64(dice.longInteger());
      } else if (dice.oneIn(12)) {
        code.op(Op.LOCAL_GET, 0);
      } else {
        code.i32(argument());
      }
    }
    if (dice.oneIn(5)) {
      code.i32(function).op(Op.CALL_INDIRECT, draft.type(signature)).unsigned(0);
    } else {
      code.op(Op.CALL, function);
    }
    for (Type result : signature.results()) {
      if (result == Type.I32) {
        code.op(Op.LOCAL_SET, 0);
      } else {
        code.op(Op.DROP);
      }
    }
  }

  private int argument() {
    return switch (dice.below(10)) {
      case 0 -> dice.integer();
      case 1 -> PAGES * PAGE - dice.below(40);
      case 2, 3, 4 -> dice.below(4);
      case 5 -> dice.below(2000);
      default -> pointer();
    };
  }

  private int pointer() {
    return dice.below(LAID_OUT / 8) * 8;
  }

  /** Descriptors of pieces, subscriptions, and text. */
  private byte[] laidOut() {
    var parts = new ArrayList<byte[]>();
    int size = 0;
    while (size < LAID_OUT) {
      byte[] part =
          switch (dice.below(4)) {
            case 0 -> subscription();
            case 1 -> dice.pick(TEXTS).getBytes(StandardCharsets.UTF_8);
            default -> piece();
          };
      parts.add(part);
      size += part.length;
    }
    var bytes = new WasmBytes();
    parts.forEach(bytes::put);
    return bytes.toArray();
  }

  private static final List<String> TEXTS =
      List.of(
          "http://localhost:1/\0\0\0\0\0",
          "{\"a\": [1, 2]}\0\0\0",
          "A: b\nC: d\r\n\n:\n\0\0\0",
          "\u00fc\u00fc\u00fc\u00fc",
          "\n\n\n\n\n\n\n\n");

  private byte[] piece() {
    return new WasmBytes()
        .littleEndian(argument(), 4)
        .littleEndian(dice.oneIn(3) ? dice.integer() : dice.below(100), 4)
        .toArray();
  }

  private byte[] subscription() {
    long timeout =
        switch (dice.below(5)) {
          case 0 -> dice.longInteger();
          case 1 -> 20_000_000;
          default -> dice.below(100_000);
        };
    return new WasmBytes()
        .littleEndian(dice.next(), 8)
        .littleEndian(dice.oneIn(10) ? dice.below(256) : dice.below(3), 8)
        .littleEndian(dice.oneIn(10) ? dice.integer() : dice.below(5), 8)
        .littleEndian(timeout, 8)
        .littleEndian(dice.longInteger(), 8)
        .littleEndian(dice.below(2), 8)
        .toArray();
  }
}
