package dev.funless.engine;

import java.util.Optional;

/** Functions as large ones are at first. */
final class Interpreted {

  private Interpreted() {}

  static LoadedFunction of(byte[] code) throws InvalidModuleException {
    return new Loader(Optional.empty(), 0).load(code);
  }
}
