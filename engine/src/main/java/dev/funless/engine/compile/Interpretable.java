package dev.funless.engine.compile;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Collection;

/**
 * Tells whether the interpreter of version 1.7.5 of the library runs code as the specification has
 * it, with {@link Corrections}. It does not at tail calls, nor where blocks take values or have
 * several results; compilers of common languages emit neither unless told to.
 */
public final class Interpretable {

  private static final int NO_TYPE = 0x40;

  private Interpretable() {}

  public static boolean all(WasmModule module) {
    for (FunctionBody body : module.codeSection().functionBodies()) {
      if (!body(body, module.typeSection())) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param functions their indexes; none is imported
   */
  public static boolean functions(WasmModule module, Collection<Integer> functions) {
    int imported = module.importSection().count(ExternalType.FUNCTION);
    for (int function : functions) {
      FunctionBody body = module.codeSection().getFunctionBody(function - imported);
      if (!body(body, module.typeSection())) {
        return false;
      }
    }
    return true;
  }

  private static boolean body(FunctionBody body, TypeSection types) {
    for (Instruction instruction : body.instructions()) {
      boolean right =
          switch (instruction.opcode()) {
            case BLOCK, LOOP, IF -> block((int) instruction.operand(0), types);
            case RETURN_CALL, RETURN_CALL_INDIRECT -> false;
            default -> true;
          };
      if (!right) {
        return false;
      }
    }
    return true;
  }

  private static boolean block(int type, TypeSection types) {
    if (type == NO_TYPE || ValType.isValid(type)) {
      return true;
    }
    FunctionType signature = types.getType(type);
    return signature.params().isEmpty() && signature.returns().size() <= 1;
  }
}
