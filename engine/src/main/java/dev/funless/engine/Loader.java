package dev.funless.engine;

import dev.funless.engine.compile.CompiledClasses;
import dev.funless.engine.compile.ExecutableCode;
import dev.funless.engine.compile.GuestClasses;
import dev.funless.engine.compile.LightModule;
import dev.funless.engine.compile.ModuleCompiler;
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
      CompiledClasses compiled = ModuleCompiler.compile(checked.module());
      GuestClasses classes = GuestClasses.load(compiled);
      return new LoadedFunction(
          checked, LightModule.of(checked.module(), compiled.interpreted()), classes);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new InvalidModuleException("The module is too large to be compiled here.", e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.warn("A module could not be compiled and will be interpreted: {}", e.toString());
      return new LoadedFunction(
          checked, LightModule.interpreted(checked.module()), new ExecutableCode.Interpreted());
    }
  }
}
