package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Deque;

/**
 * What runs the functions of a compiled module that are too large for a method of the JVM, within
 * {@link InterpreterBounds}. Compiled classes make it where the library has them make its own.
 */
public final class BoundedFallback extends CompilerInterpreterMachine {

  public BoundedFallback(Instance instance, int[] interpretedFunctions) {
    super(instance, interpretedFunctions);
  }

  @Override
  protected long[] call(
      MStack stack,
      Instance instance,
      Deque<StackFrame> callers,
      int function,
      long[] args,
      FunctionType type,
      boolean popResults) {
    InterpreterBounds.enter(instance, callers, function);
    return super.call(stack, instance, callers, function, args, type, popResults);
  }
}
