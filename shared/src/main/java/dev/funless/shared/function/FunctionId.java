package dev.funless.shared.function;

/**
 * A function's full name. Two functions are the same exactly when module and name are: the parts
 * are never joined into one text for comparison.
 */
public record FunctionId(String module, String name) implements Comparable<FunctionId> {

  public FunctionId {
    Names.require(module);
    Names.require(name);
  }

  @Override
  public int compareTo(FunctionId other) {
    int byModule = module.compareTo(other.module);
    return byModule != 0 ? byModule : name.compareTo(other.name);
  }

  /** For people only, such as {@code shop/checkout}. */
  @Override
  public String toString() {
    return module + "/" + name;
  }
}
