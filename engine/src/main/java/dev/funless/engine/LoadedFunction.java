package dev.funless.engine;

/** A module that is compiled and ready to be called, from any thread. */
public final class LoadedFunction {

  private final ModuleInfo info;

  LoadedFunction(ModuleInfo info) {
    this.info = info;
  }

  public ModuleInfo info() {
    return info;
  }
}
