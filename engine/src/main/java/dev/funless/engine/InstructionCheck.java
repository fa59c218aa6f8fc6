package dev.funless.engine;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses instructions that cannot be run or isolated here, and what the library's validation lets
 * through: bodies that end inside a block, and tables that do not exist.
 */
final class InstructionCheck {

  private static final int PREFIX = 0xFF00;
  private static final int PREFIX_GC = 0xFB00;
  private static final int PREFIX_SIMD = 0xFD00;
  private static final int PREFIX_ATOMIC = 0xFE00;

  /** References to typed functions, and exceptions: the library never frees what they refer to. */
  private static final Set<OpCode> REFUSED =
      EnumSet.of(
          OpCode.THROW,
          OpCode.THROW_REF,
          OpCode.TRY_TABLE,
          OpCode.CALL_REF,
          OpCode.RETURN_CALL_REF,
          OpCode.REF_EQ,
          OpCode.REF_AS_NON_NULL,
          OpCode.BR_ON_NULL,
          OpCode.BR_ON_NON_NULL);

  private InstructionCheck() {}

  /**
   * @param tables how many tables the module has
   */
  static void body(List<AnnotatedInstruction> body, int tables) throws InvalidModuleException {
    expression(body);
    int open = 1;
    for (Instruction instruction : body) {
      if (open == 0) {
        throw unbalanced();
      }
      switch (instruction.opcode()) {
        case BLOCK, LOOP, IF -> open++;
        case END -> open--;
        case TABLE_SIZE -> table(instruction.operand(0), tables);
        default -> {}
      }
    }
    if (open != 0) {
      throw unbalanced();
    }
  }

  static void expression(List<? extends Instruction> instructions) throws InvalidModuleException {
    for (Instruction instruction : instructions) {
      OpCode code = instruction.opcode();
      switch (code.opcode() & PREFIX) {
        case PREFIX_SIMD -> throw simd();
        case PREFIX_ATOMIC ->
            throw new InvalidModuleException(
                "The module uses atomic instructions; threads are not run.");
        case PREFIX_GC -> throw refused(code);
        default -> {
          if (REFUSED.contains(code)) {
            throw refused(code);
          }
        }
      }
    }
  }

  static InvalidModuleException simd() {
    return new InvalidModuleException(
        "The module uses SIMD, which is not run here; build it without -msimd128.");
  }

  private static void table(long table, int tables) throws InvalidModuleException {
    if (table < 0 || table >= tables) {
      throw new InvalidModuleException("The module is not valid: it names an unknown table.");
    }
  }

  private static InvalidModuleException unbalanced() {
    return new InvalidModuleException(
        "The module is not valid: the blocks of a function are not balanced.");
  }

  private static InvalidModuleException refused(OpCode code) {
    return new InvalidModuleException(
        "The module uses the instruction " + code + ", which is not run here.");
  }
}
