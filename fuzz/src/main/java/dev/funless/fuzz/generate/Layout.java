package dev.funless.fuzz.generate;

import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.List;

/**
 * What a generated module holds, for the functions that use it.
 *
 * @param pages the memory it starts with, at least 1
 * @param globals those that functions may use; the fuel is not among them
 * @param functions those that functions may call and refer to
 * @param tables its tables
 * @param dataBytes the size of each data segment
 * @param elementCounts the size of each element segment
 * @param indirect the signature of all functions in the first table
 * @param kept the hand-written functions
 * @param mayTrap whether its functions do what is likely to trap
 * @param rare what only some modules use
 */
record Layout(
    int pages,
    List<GlobalSlot> globals,
    List<Callee> functions,
    List<TableSlot> tables,
    List<Integer> dataBytes,
    List<Integer> elementCounts,
    Signature indirect,
    Kept kept,
    boolean mayTrap,
    Rare rare) {

  /**
   * What the wasm library's compiler and interpreter are known to trip over, so that a module which
   * uses it may say nothing of the rest.
   *
   * @param blockParameters blocks that take values, and more than one result of a block
   * @param tailCalls calls in place of a return
   */
  record Rare(boolean blockParameters, boolean tailCalls) {

    boolean any() {
      return blockParameters || tailCalls;
    }
  }

  /** A global with its index. */
  record GlobalSlot(int index, Type type, boolean mutable) {}

  /** A function with its index. */
  record Callee(int index, Signature signature) {}

  /** A table with its index. */
  record TableSlot(int index, Type type, int entries) {}

  /**
   * @param fuel the global that counts down to the end of all loops and calls
   * @param note the function (i64) -> () that puts a number into the log
   */
  record Kept(int fuel, int note) {}
}
