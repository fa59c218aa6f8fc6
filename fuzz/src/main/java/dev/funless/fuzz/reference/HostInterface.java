package dev.funless.fuzz.reference;

import com.dylibso.chicory.wasm.types.ValType;
import dev.funless.engine.abi.HostFunctions;
import dev.funless.fuzz.wasm.Signature;
import dev.funless.fuzz.wasm.Type;
import java.util.Comparator;
import java.util.List;

/** All that the engine lets guests call, in an order that is the same in every run. */
public final class HostInterface {

  /** A function of the engine's. */
  public record Function(String module, String name, Signature signature) {}

  public static final List<Function> ALL =
      HostFunctions.all().stream()
          .map(
              each ->
                  new Function(
                      each.module(),
                      each.name(),
                      new Signature(types(each.type().params()), types(each.type().returns()))))
          .sorted(Comparator.comparing(Function::module).thenComparing(Function::name))
          .toList();

  private HostInterface() {}

  private static List<Type> types(List<ValType> types) {
    return types.stream().map(type -> Type.valueOf(type.name())).toList();
  }
}
