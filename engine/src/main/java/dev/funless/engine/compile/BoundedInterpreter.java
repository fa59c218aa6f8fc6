package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Deque;

/** The library's interpreter within {@link InterpreterBounds}. */
final class BoundedInterpreter extends InterpreterMachine {

  BoundedInterpreter(Instance instance) {
    super(instance);
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
