package dev.funless.fuzz.wasm;

import java.util.List;

/** What a function or a block takes and gives. */
public record Signature(List<Type> params, List<Type> results) {

  public static final Signature NOTHING = new Signature(List.of(), List.of());

  public Signature {
    params = List.copyOf(params);
    results = List.copyOf(results);
  }
}
