package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import java.util.List;

/**
 * The catalogue is at {@code version}. A listener at {@code version - 1} is up to date once it has
 * taken the changes in; any other has to ask for the whole.
 *
 * @param version grows by one with each change
 * @param changed functions that are new or have new code or metadata
 * @param removed functions that are gone
 */
public record CatalogChanged(long version, List<FunctionSpec> changed, List<FunctionId> removed) {

  public CatalogChanged {
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  /** Nothing changed; this is the version. */
  public static CatalogChanged still(long version) {
    return new CatalogChanged(version, List.of(), List.of());
  }
}
