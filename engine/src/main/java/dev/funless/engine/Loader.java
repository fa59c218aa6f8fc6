package dev.funless.engine;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.InterpreterMachine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a checked module into JVM bytecode, once, for all calls and threads. */
final class Loader {

  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

  private Loader() {}

  /**
   * Compiles; where the library's compiler gives up on a module that its own validation accepted
   * the module is interpreted, which is some fifty times slower but as safe.
   */
  static LoadedFunction load(CheckedModule checked) throws InvalidModuleException {
    try {
      return compiled(checked);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new InvalidModuleException("The module is too large to be compiled here.", e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.warn("A module could not be compiled and will be interpreted: {}", e.toString());
      return new LoadedFunction(checked, InterpreterMachine::new);
    }
  }

  private static LoadedFunction compiled(CheckedModule checked) {
    var machines =
        MachineFactoryCompiler.builder(checked.module())
            // A function too large for a JVM method is interpreted; large modules have one or two.
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .compile();
    var function = new LoadedFunction(checked, machines);
    function.link();
    return function;
  }
}
