package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import java.util.List;

/**
 * The catalogue is at {@code version}. A listener at {@code previous} is up to date once it has
 * taken the changes in; one at any other version below {@code version} has to ask for the whole.
 *
 * @param previous the version that the changes start from; {@code version} where there are none
 * @param version grows with each change
 * @param changed functions that are new or have new code or metadata
 * @param removed functions that are gone
 */
public record CatalogChanged(
    long previous, long version, List<FunctionSpec> changed, List<FunctionId> removed) {

  public CatalogChanged {
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  /** Nothing changed; this is the version. */
  public static CatalogChanged still(long version) {
    return new CatalogChanged(version, version, List.of(), List.of());
  }
}
