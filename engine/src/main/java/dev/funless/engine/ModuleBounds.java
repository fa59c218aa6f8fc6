package dev.funless.engine;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.ValType;
import dev.funless.engine.memory.GuestTable;
import java.util.List;
import java.util.Set;

/**
 * What a module may declare. Each of these costs something at every call, outside of the memory
 * that a call's limits count, and so has a bound that compilers' output stays well under.
 */
final class ModuleBounds {

  static final int FUNCTIONS = 100_000;
  static final int TYPES = 10_000;
  static final int GLOBALS = 10_000;
  static final int TABLES = 16;

  static final int LOCALS = 10_000;
  static final int ELEMENT_SEGMENTS = 20_000;

  /** Go's linker makes one wherever there are zeros between data. */
  static final int DATA_SEGMENTS = 100_000;

  private static final Set<ValType> PLAIN_TYPES =
      Set.of(
          ValType.I32, ValType.I64, ValType.F32, ValType.F64, ValType.FuncRef, ValType.ExternRef);

  private ModuleBounds() {}

  static void check(WasmModule module) throws InvalidModuleException {
    atMost(module.functionSection().functionCount(), FUNCTIONS, "functions");
    atMost(module.typeSection().subTypeCount(), TYPES, "types");
    atMost(module.globalSection().globalCount(), GLOBALS, "globals");
    atMost(module.tableSection().tableCount(), TABLES, "tables");
    atMost(module.dataSection().dataSegmentCount(), DATA_SEGMENTS, "data segments");
    atMost(module.elementSection().elementCount(), ELEMENT_SEGMENTS, "element segments");
    if (module.tagSection().isPresent() && module.tagSection().get().tagCount() > 0) {
      throw new InvalidModuleException("The module uses exceptions, which are not run here.");
    }
    if (module.memorySection().isPresent() && module.memorySection().get().memoryCount() > 1) {
      throw new InvalidModuleException("The module has more than one memory; only one is run.");
    }
    types(module);
    tables(module);
    for (Global global : module.globalSection().globals()) {
      plain(List.of(global.valueType()));
      InstructionCheck.expression(global.initInstructions());
    }
    for (FunctionBody body : module.codeSection().functionBodies()) {
      atMost(body.localTypes().size(), LOCALS, "local variables in one function");
      plain(body.localTypes());
      InstructionCheck.body(body.instructions(), module.tableSection().tableCount());
    }
  }

  /**
   * About what an instance takes beside its memory, in bytes: what the library copies for each, and
   * what it starts a table with.
   */
  static long bytesBeside(WasmModule module) {
    return 4096
        + 12L * module.functionSection().functionCount()
        + 12L * module.typeSection().subTypeCount()
        + 64L * module.globalSection().globalCount()
        + 16L * (module.dataSection().dataSegmentCount() + module.elementSection().elementCount())
        + GuestTable.ENTRY_BYTES * tableEntries(module);
  }

  static long dataBytes(WasmModule module) {
    long bytes = 0;
    for (int i = 0; i < module.dataSection().dataSegmentCount(); i++) {
      bytes += module.dataSection().getDataSegment(i).data().length;
    }
    return bytes;
  }

  static long tableEntries(WasmModule module) {
    long entries = 0;
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      entries += module.tableSection().getTable(i).limits().min();
    }
    return entries;
  }

  static int largestTable(WasmModule module) {
    long entries = 0;
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      entries = Math.max(entries, module.tableSection().getTable(i).limits().min());
    }
    return (int) entries;
  }

  private static void types(WasmModule module) throws InvalidModuleException {
    for (int i = 0; i < module.typeSection().subTypeCount(); i++) {
      FunctionType type = module.typeSection().getSubType(i).compType().funcType();
      if (type == null) {
        throw new InvalidModuleException(
            "The module uses garbage-collected types, which are not run here.");
      }
      plain(type.params());
      plain(type.returns());
    }
  }

  private static void tables(WasmModule module) throws InvalidModuleException {
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      Table table = module.tableSection().getTable(i);
      plain(List.of(table.elementType()));
      InstructionCheck.expression(table.initialize());
    }
    atMost(tableEntries(module), CallLimits.LARGEST_TABLE, "table entries");
  }

  private static void plain(List<ValType> types) throws InvalidModuleException {
    for (ValType type : types) {
      if (type.equals(ValType.V128)) {
        throw InstructionCheck.simd();
      }
      if (!PLAIN_TYPES.contains(type)) {
        throw new InvalidModuleException(
            "The module uses values of type " + type.name() + ", which are not run here.");
      }
    }
  }

  private static void atMost(long count, int bound, String what) throws InvalidModuleException {
    if (count > bound) {
      throw new InvalidModuleException(
          "The module has " + count + " " + what + "; " + bound + " is the most that are run.");
    }
  }
}
