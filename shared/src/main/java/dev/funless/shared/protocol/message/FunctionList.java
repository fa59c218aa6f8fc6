package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionSpec;
import java.util.List;

/**
 * A page of the functions that exist.
 *
 * @param version the catalogue's version; pages of different versions do not fit together
 * @param functions at most {@link FunctionListRequest#PAGE}; fewer on the last page
 */
public record FunctionList(long version, List<FunctionSpec> functions) {

  public FunctionList {
    functions = List.copyOf(functions);
  }
}
