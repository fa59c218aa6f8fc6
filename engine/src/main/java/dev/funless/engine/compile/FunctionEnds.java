package dev.funless.engine.compile;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a function ends right after one of its blocks, version 1.7.5 of the library's parser says
 * of the function's end that it belongs to that block, and the compiler gives up on jumps to it.
 */
final class FunctionEnds {

  private FunctionEnds() {}

  /** The module with ends of functions that belong to the functions. */
  static WasmModule corrected(WasmModule module) {
    var code = CodeSection.builder();
    for (FunctionBody body : module.codeSection().functionBodies()) {
      code.addFunctionBody(endsAfterBlock(body.instructions()) ? corrected(body) : body);
    }
    return LightModule.withoutStart(module, code.build());
  }

  private static boolean endsAfterBlock(List<AnnotatedInstruction> instructions) {
    int count = instructions.size();
    return count > 1 && instructions.get(count - 2).opcode() == OpCode.END;
  }

  private static FunctionBody corrected(FunctionBody body) {
    var instructions = new ArrayList<>(body.instructions());
    AnnotatedInstruction end = instructions.removeLast();
    instructions.add(
        AnnotatedInstruction.builder().from(end).withDepth(end.depth()).withScope(end).build());
    return new FunctionBody(body.localTypes(), instructions);
  }
}
