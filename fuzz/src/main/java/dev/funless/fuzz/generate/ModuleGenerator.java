package dev.funless.fuzz.generate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.ModuleDraft;
import dev.funless.fuzz.wasm.Op;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes random modules that are valid and whose calls end: any function may call any, in loops, but
 * all share a global that counts down (see {@link Flow}). What a call leaves behind is in its
 * answer, what happened before a trap in its log.
 *
 * <p>Known caveats: NaNs are made the same everywhere, so nothing is learnt about their bits; no
 * external reference but null; one kind of constant expression a type.
 */
public final class ModuleGenerator {

  /** What the entry reads of the input. */
  public static final int INPUT_BYTES = 24;

  private static final int INPUT_ADDRESS = 64;

  private static final int FUEL = 400;

  private final Dice dice;
  private final ModuleDraft draft = new ModuleDraft();
  private final HandWritten written;
  private final Kind kind;
  private final int pages;

  private ModuleGenerator(Dice dice) {
    this.dice = dice;
    this.kind = dice.oneIn(3) ? Kind.COMMAND : Kind.FUNLESS;
    this.written = new HandWritten(kind, draft);
    this.pages = dice.between(1, 2);
  }

  /**
   * @param rare whether it uses what the wasm library is known to get wrong
   */
  public record Generated(ModuleDraft draft, boolean rare) {}

  public static Generated generate(Dice dice) {
    var generator = new ModuleGenerator(dice);
    var rare = new Layout.Rare(dice.oneIn(6), dice.oneIn(6));
    generator.all(rare);
    return new Generated(generator.draft, rare.any());
  }

  private void all(Layout.Rare rare) {
    draft.memory(pages, pages + dice.below(3));
    int fuel = draft.global(Type.I32, true, new Code().i32(40).toArray());
    var indirect = dice.oneIn(2) ? new Signature(List.of(), List.of(Type.I32)) : small();
    List<Layout.Callee> functions = declare(indirect);
    List<Layout.GlobalSlot> globals = globals(functions);
    List<Layout.TableSlot> tables = tables(functions, indirect);
    List<Integer> elementCounts = elements(functions);
    List<Integer> dataBytes = data();

    written.defineDigits();
    int note = written.defineNote();
    int answer = written.defineAnswer();
    int digest = written.defineDigest(globals, fuel, tables);
    var layout =
        new Layout(
            pages,
            globals,
            functions,
            tables,
            dataBytes,
            elementCounts,
            indirect,
            new Layout.Kept(fuel, note),
            dice.oneIn(2),
            rare);
    for (Layout.Callee function : functions) {
      draft.define(
          function.index(),
          Statements.function(dice, layout, draft, function.signature(), budget()));
    }
    beginnings(layout);
    entry(layout, answer, digest);
  }

  private int budget() {
    return dice.oneIn(150) ? 4000 : dice.between(5, 60);
  }

  private Signature small() {
    return new Signature(Shapes.types(dice, 3), Shapes.types(dice, 2));
  }

  private List<Layout.Callee> declare(Signature indirect) {
    var functions = new ArrayList<Layout.Callee>();
    for (int i = dice.between(0, 4); i >= 0; i--) {
      Signature signature = i == 0 || dice.oneIn(3) ? indirect : Shapes.signature(dice);
      functions.add(new Layout.Callee(draft.declare(signature), signature));
    }
    return functions;
  }

  private List<Layout.GlobalSlot> globals(List<Layout.Callee> functions) {
    var globals = new ArrayList<Layout.GlobalSlot>();
    for (int i = dice.below(8); i > 0; i--) {
      Type type = Shapes.type(dice);
      boolean mutable = !dice.oneIn(4);
      var initial = new Code();
      Constants.any(dice, initial, type, functions);
      int index = draft.global(type, mutable, initial.toArray());
      globals.add(new Layout.GlobalSlot(index, type, mutable));
    }
    return globals;
  }

  private List<Layout.TableSlot> tables(List<Layout.Callee> functions, Signature indirect) {
    var tables = new ArrayList<Layout.TableSlot>();
    for (Type type : List.of(Type.FUNCREF, Type.FUNCREF, Type.EXTERNREF)) {
      int entries = tables.isEmpty() ? dice.between(1, 6) : dice.below(8);
      int index = draft.table(type, entries, entries + dice.below(12));
      tables.add(new Layout.TableSlot(index, type, entries));
    }
    List<Integer> fitting =
        functions.stream()
            .filter(each -> each.signature().equals(indirect))
            .map(Layout.Callee::index)
            .toList();
    int callees = tables.getFirst().entries();
    draft.activeElements(
        0, 0, IntStream.range(0, callees).mapToObj(_ -> dice.pick(fitting)).toList());
    return tables;
  }

  private List<Integer> elements(List<Layout.Callee> functions) {
    List<Integer> all = functions.stream().map(Layout.Callee::index).toList();
    var counts = new ArrayList<Integer>(List.of(0));
    draft.declaredElements(all);
    counts.add(0);
    for (int i = dice.below(3); i > 0; i--) {
      int count = dice.below(6);
      draft.passiveElements(Stream.generate(() -> dice.pick(all)).limit(count).toList());
      counts.add(count);
    }
    return counts;
  }

  /** The sizes while the functions run: active segments are empty by then. */
  private List<Integer> data() {
    var sizes = new ArrayList<Integer>();
    for (int i = dice.below(4); i > 0; i--) {
      byte[] bytes = dice.bytes(dice.oneIn(4) ? dice.below(3000) : dice.below(40));
      if (dice.oneIn(2)) {
        draft.passiveData(bytes);
        sizes.add(bytes.length);
      } else {
        int room = pages * 65_536 - bytes.length;
        draft.activeData(dice.oneIn(3) ? room : dice.below(room + 1), bytes);
        sizes.add(0);
      }
    }
    return sizes;
  }

  /** What runs before the entry: a start function, and that of a reactor. */
  private void beginnings(Layout layout) {
    if (dice.oneIn(4)) {
      draft.start(procedure(layout));
    }
    if (kind == Kind.FUNLESS && dice.oneIn(4)) {
      draft.export("_initialize", procedure(layout));
    }
  }

  private int procedure(Layout layout) {
    int function = draft.declare(Signature.NOTHING);
    draft.define(
        function, Statements.function(dice, layout, draft, Signature.NOTHING, dice.between(5, 60)));
    return function;
  }

  private void entry(Layout layout, int answer, int digest) {
    int work = procedure(layout);

    var code = new Code();
    // What the call found, before it changed anything.
    if (dice.oneIn(2)) {
      code.op(Op.CALL, digest).op(Op.CALL, layout.kept().note());
    }
    probeSegments(layout, code);
    written.readInput(code, INPUT_ADDRESS, INPUT_BYTES);
    code.i32(FUEL).op(Op.GLOBAL_SET, layout.kept().fuel());
    takeInput(layout, code);
    // In a global that nothing else knows, as the random part writes anywhere in memory.
    int ending = draft.global(Type.I32, true, new Code().i32(0).toArray());
    code.i32(INPUT_ADDRESS).access(Op.I32_LOAD8_U, 0, 0).op(Op.GLOBAL_SET, ending);
    code.op(Op.CALL, work);
    code.op(Op.CALL, digest).op(Op.CALL, answer);
    new Endings(dice, draft, layout, written).write(code, ending);
    switch (kind) {
      case FUNLESS -> {
        int entry = draft.declare(new Signature(List.of(Type.I32), List.of(Type.I32)));
        draft.define(entry, code.i32(0).body(List.of()));
        draft.export("__invoke", entry);
      }
      case COMMAND -> {
        int entry = draft.declare(Signature.NOTHING);
        draft.define(entry, code.body(List.of()));
        draft.export("_start", entry);
      }
    }
  }

  /** A segment that an earlier call dropped makes this call trap. */
  private void probeSegments(Layout layout, Code code) {
    for (int i = 0; i < layout.dataBytes().size(); i++) {
      if (dice.oneIn(3)) {
        int size = layout.dataBytes().get(i);
        code.i32(100).i32(0).i32(Math.min(1, size)).bulk(Op.Bulk.MEMORY_INIT, i, 0);
      }
    }
    for (int i = 2; i < layout.elementCounts().size(); i++) {
      boolean fits = layout.elementCounts().get(i) > 0 && layout.tables().get(1).entries() > 0;
      if (fits && dice.oneIn(2)) {
        code.i32(0).i32(0).i32(1).bulk(Op.Bulk.TABLE_INIT, i, 1);
      }
    }
  }

  private void takeInput(Layout layout, Code code) {
    for (Layout.GlobalSlot global : layout.globals()) {
      if (global.mutable() && global.type() == Type.I64) {
        code.i32(INPUT_ADDRESS).access(Op.I64_LOAD, 0, 1 + dice.below(INPUT_BYTES - 8));
        code.op(Op.GLOBAL_SET, global.index());
      }
    }
  }
}
