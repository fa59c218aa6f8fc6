package dev.funless.engine;

/** Functions as large ones are at first, though the interpreter may not run them right. */
final class Interpreted {

  private Interpreted() {}

  static LoadedFunction of(byte[] code) throws InvalidModuleException {
    return Loader.interpreted("", ModuleCheck.check(code), code.length);
  }
}
