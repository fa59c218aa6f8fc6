package dev.funless.engine.compile;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import java.util.List;
import java.util.Set;

/**
 * What is needed of a module once it is compiled: all but the functions' instructions, which take
 * sixty times the room of the code. The start function is left out too, so that making an instance
 * runs nothing.
 */
public final class LightModule {

  private static final FunctionBody COMPILED = new FunctionBody(List.of(), List.of());

  private LightModule() {}

  /**
   * @param interpreted the functions whose bodies stay
   */
  public static WasmModule of(WasmModule module, Set<Integer> interpreted) {
    int imported = module.importSection().count(ExternalType.FUNCTION);
    var code = CodeSection.builder();
    for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
      boolean stays = interpreted.contains(imported + i);
      code.addFunctionBody(stays ? module.codeSection().getFunctionBody(i) : COMPILED);
    }
    return withoutStart(module, code.build());
  }

  /** The module with all its bodies. */
  public static WasmModule interpreted(WasmModule module) {
    return withoutStart(module, module.codeSection());
  }

  /** The module with other code, of as many functions. */
  static WasmModule withoutStart(WasmModule module, CodeSection code) {
    return WasmModule.builder()
        .withValidation(false)
        .setTypeSection(module.typeSection())
        .setImportSection(module.importSection())
        .setFunctionSection(module.functionSection())
        .setTableSection(module.tableSection())
        .setMemorySection(module.memorySection().orElse(null))
        .setGlobalSection(module.globalSection())
        .setExportSection(module.exportSection())
        .setElementSection(module.elementSection())
        .setCodeSection(code)
        .setDataSection(module.dataSection())
        .setDataCountSection(module.dataCountSection().orElse(null))
        .build();
  }
}
