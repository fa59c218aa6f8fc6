package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import java.util.Deque;

/**
 * What the library's interpreter does not bound: it keeps the operands and local variables of all
 * calls on the heap, and does not look for an interrupt at conditional jumps and tail calls. Where
 * it calculates wrongly, the listener corrects the operands.
 */
public final class InterpreterBounds implements ExecutionListener {

  /** What an interpreted instance may take for operands and local variables, in bytes. */
  public static final long BYTES = 8 << 20;

  private static final int OPERANDS = 1 << 18;

  /** The library takes 16 bytes for each. */
  private static final int LOCALS = 200_000;

  /** Listens to the interpreter; compiled code does not tell it anything. */
  public static final InterpreterBounds LISTENER = new InterpreterBounds();

  private InterpreterBounds() {}

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    switch (instruction.opcode()) {
      case BR_IF, BR_TABLE, RETURN_CALL, RETURN_CALL_INDIRECT -> {
        if (Thread.currentThread().isInterrupted()) {
          throw new ChicoryInterruptedException("stopped");
        }
      }
      case I32_MUL -> Corrections.correctProduct(stack);
      case F32_CONVERT_I64_U -> Corrections.correctConversion(stack);
      case I32_STORE8, I64_STORE8, I64_STORE32 -> Corrections.checkStore(instruction, stack);
      case TABLE_FILL -> Corrections.checkFill(stack);
      case TABLE_COPY, TABLE_INIT -> Corrections.checkCopy(stack);
      default -> {
        if (stack.size() > OPERANDS) {
          throw exhausted();
        }
      }
    }
  }

  /** To be asked before each call: with so many callers, all may have as many variables as this. */
  static void enter(Instance instance, Deque<StackFrame> callers, int function) {
    FunctionBody body = instance.function(function);
    if (body != null && (callers.size() + 1L) * (body.localTypes().size() + 8L) > LOCALS) {
      throw exhausted();
    }
  }

  private static ChicoryException exhausted() {
    return new ChicoryException("call stack exhausted");
  }
}
