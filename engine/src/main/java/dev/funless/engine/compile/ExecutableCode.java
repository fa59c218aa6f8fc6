package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;

/** A module's code, as it can be run. Thread-safe. */
public sealed interface ExecutableCode permits GuestClasses, ExecutableCode.Interpreted {

  /** What runs the module's functions for one instance. */
  Machine machine(Instance instance);

  /**
   * From now on, what runs on an interrupted thread stops at its next call or jump backwards.
   * Without it, running code need not look.
   */
  void arm();

  /** From now on, running code need not look. */
  void disarm();

  /** Run by the library's interpreter, which always looks. */
  record Interpreted() implements ExecutableCode {

    @Override
    public Machine machine(Instance instance) {
      return new BoundedInterpreter(instance);
    }

    @Override
    public void arm() {}

    @Override
    public void disarm() {}
  }
}
