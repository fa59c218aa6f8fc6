package dev.funless.engine;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides whether a module can run here: what it exports, and, in its parts, all the rest. */
final class ModuleCheck {

  private static final String FUNLESS_ENTRY = "__invoke";
  private static final String COMMAND_ENTRY = "_start";
  private static final String INITIALIZE = "_initialize";
  private static final String MEMORY = "memory";

  /** In parsed form a module takes many times its size: large ones are taken apart in turn. */
  private static final int LARGE_BYTES = 1 << 20;

  private static final Object LARGE_TURN = new Object();

  private static final FunctionType FUNLESS_TYPE =
      FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
  private static final FunctionType NOTHING_TYPE = FunctionType.of(List.of(), List.of());

  private final WasmModule module;
  private final Map<String, Export> exports = new HashMap<>();

  private ModuleCheck(WasmModule module) {
    this.module = module;
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      exports.put(export.name(), export);
    }
  }

  /** Takes apart and checks, whatever the bytes are. */
  static CheckedModule check(byte[] code) throws InvalidModuleException {
    ModuleScan.check(code);
    if (code.length < LARGE_BYTES) {
      return parsed(code);
    }
    synchronized (LARGE_TURN) {
      return parsed(code);
    }
  }

  private static CheckedModule parsed(byte[] code) throws InvalidModuleException {
    try {
      WasmModule module = Parser.parse(code);
      ModuleBounds.check(module);
      return new ModuleCheck(module).checked();
    } catch (ChicoryException e) {
      throw new InvalidModuleException("The module is not valid: " + reason(e) + ".", e);
    } catch (StackOverflowError e) {
      throw new InvalidModuleException("The module nests its blocks too deeply.", e);
    } catch (OutOfMemoryError e) {
      throw new InvalidModuleException("The module is too large for this node's memory.", e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw new InvalidModuleException("The module is damaged and cannot be read.", e);
    }
  }

  private CheckedModule checked() throws InvalidModuleException {
    var imports = ImportCheck.check(module);
    int start = module.startSection().map(section -> (int) section.startIndex()).orElse(-1);
    if (exports.containsKey(FUNLESS_ENTRY)) {
      int entry = function(FUNLESS_ENTRY, FUNLESS_TYPE, "(i32) -> i32");
      int initialize =
          exports.containsKey(INITIALIZE) ? function(INITIALIZE, NOTHING_TYPE, "()") : -1;
      return new CheckedModule(module, info(Entry.FUNLESS), entry, start, initialize, imports);
    }
    if (exports.containsKey(COMMAND_ENTRY)) {
      int entry = function(COMMAND_ENTRY, NOTHING_TYPE, "()");
      return new CheckedModule(module, info(Entry.WASI_COMMAND), entry, start, -1, imports);
    }
    throw new InvalidModuleException(
        "The module has no entry: it must export __invoke(i32) -> i32, or _start() as a WASI"
            + " command.");
  }

  private ModuleInfo info(Entry entry) throws InvalidModuleException {
    return new ModuleInfo(entry, memoryBytes(), ModuleBounds.largestTable(module));
  }

  private long memoryBytes() throws InvalidModuleException {
    Export memory = exports.get(MEMORY);
    if (memory == null || memory.exportType() != ExternalType.MEMORY) {
      throw new InvalidModuleException("The module does not export its memory as \"memory\".");
    }
    MemoryLimits limits = module.memorySection().orElseThrow().getMemory(memory.index()).limits();
    return (long) limits.initialPages() * Memory.PAGE_SIZE;
  }

  private int function(String name, FunctionType type, String signature)
      throws InvalidModuleException {
    Export export = exports.get(name);
    if (export.exportType() != ExternalType.FUNCTION || !type.equals(typeOf(export.index()))) {
      throw new InvalidModuleException(
          "The module exports " + name + ", but not as a function " + signature + ".");
    }
    return export.index();
  }

  private FunctionType typeOf(int function) {
    int imported = module.importSection().count(ExternalType.FUNCTION);
    int type =
        function < imported
            ? ((FunctionImport) module.importSection().getImport(function)).typeIndex()
            : module.functionSection().getFunctionType(function - imported);
    return module.typeSection().getType(type);
  }

  /** The library's own words, cut to one line. */
  private static String reason(ChicoryException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.length() > 200 ? message.substring(0, 200) : message;
  }
}
