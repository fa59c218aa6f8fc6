package dev.funless.fuzz.trial;

import java.util.BitSet;

/** One kind of hostile work. Used by one thread. */
public interface Target extends AutoCloseable {

  /**
   * Makes a module. The same seed gives the same one.
   *
   * @param dropped parts to leave out of it, for making a smaller one
   */
  Made make(long seed, BitSet dropped);

  /** Gives the module to the engine, with inputs that follow from the seed. */
  Trial run(Made made);

  @Override
  void close();

  /**
   * A module, and what it was made from.
   *
   * @param parts how many there are that can be left out
   * @param story how it was made, for the one who reads the report
   * @param rare whether it uses what the wasm library's interpreter is known to get wrong
   */
  record Made(long seed, byte[] module, int parts, String story, boolean rare) {}
}
