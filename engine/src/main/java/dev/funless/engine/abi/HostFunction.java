package dev.funless.engine.abi;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/**
 * A function that guests may import. Shared by all calls; what belongs to one call is in its {@link
 * Guest}.
 *
 * @param type the only signature under which it may be imported
 */
public record HostFunction(String module, String name, FunctionType type, Body body) {

  /** What the function does, on the guest's own thread. */
  @FunctionalInterface
  public interface Body {

    /**
     * @param args as many as the signature says; an i32 is in the lower half
     * @return the result; ignored where the signature has none
     */
    long call(Guest guest, long[] args);
  }

  /**
   * @param parameters a letter each: {@code i} for an i32, {@code l} for an i64
   */
  static HostFunction returningInt(String module, String name, String parameters, Body body) {
    return new HostFunction(
        module, name, FunctionType.of(types(parameters), List.of(ValType.I32)), body);
  }

  /**
   * @param parameters a letter each: {@code i} for an i32, {@code l} for an i64
   */
  static HostFunction returningNothing(String module, String name, String parameters, Body body) {
    return new HostFunction(module, name, FunctionType.of(types(parameters), List.of()), body);
  }

  private static List<ValType> types(String letters) {
    return letters.chars().mapToObj(letter -> letter == 'l' ? ValType.I64 : ValType.I32).toList();
  }
}
