package dev.funless.engine;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import dev.funless.engine.abi.HostFunction;
import dev.funless.engine.abi.HostFunctions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** A module may import what a guest may call, under the right signature, and nothing else. */
final class ImportCheck {

  /** The library looks each import up in the list of all, at every call. */
  private static final int IMPORTS = 200;

  private ImportCheck() {}

  static List<HostFunction> check(WasmModule module) throws InvalidModuleException {
    int count = module.importSection().importCount();
    if (count > IMPORTS) {
      throw new InvalidModuleException("The module imports more than " + IMPORTS + " functions.");
    }
    var found = new LinkedHashSet<HostFunction>();
    for (int i = 0; i < count; i++) {
      found.add(check(module, module.importSection().getImport(i)));
    }
    return new ArrayList<>(found);
  }

  private static HostFunction check(WasmModule module, Import imported)
      throws InvalidModuleException {
    String name = shown(imported.module()) + "." + shown(imported.name());
    if (!(imported instanceof FunctionImport function)) {
      throw new InvalidModuleException(
          "The module imports "
              + name
              + ", which is no function; memories, tables and globals must be its own.");
    }
    HostFunction host =
        HostFunctions.find(imported.module(), imported.name())
            .orElseThrow(
                () ->
                    new InvalidModuleException(
                        "The module imports " + name + ", which does not exist here."));
    FunctionType type = module.typeSection().getType(function.typeIndex());
    if (!host.type().equals(type)) {
      throw new InvalidModuleException(
          "The module imports "
              + name
              + " as "
              + signature(type)
              + "; it is "
              + signature(host.type())
              + ".");
    }
    return host;
  }

  private static String signature(FunctionType type) {
    String parameters =
        type.params().stream().map(each -> each.name()).collect(Collectors.joining(", "));
    String results =
        type.returns().stream().map(each -> each.name()).collect(Collectors.joining(", "));
    return "(" + parameters + ") -> (" + results + ")";
  }

  /** A name as it may be shown: short, and nothing that moves a cursor. */
  private static String shown(String name) {
    String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() > 80 ? plain.substring(0, 80) + "..." : plain;
  }
}
