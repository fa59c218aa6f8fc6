package dev.funless.core.catalog;

import dev.funless.core.auth.Principal;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.shared.function.FunctionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Everything that the database holds, but code, at one version. Immutable.
 *
 * @param version of the catalogue
 * @param modules names
 * @param functions by name, in its order
 * @param subjects by the hash of their tokens
 * @param scripts by name, in its order
 */
public record CatalogSnapshot(
    long version,
    SortedSet<String> modules,
    SortedMap<FunctionId, FunctionDefinition> functions,
    Map<TokenHash, Principal> subjects,
    SortedMap<String, StoredScript> scripts) {

  public Optional<FunctionDefinition> function(FunctionId id) {
    return Optional.ofNullable(functions.get(id));
  }

  public Optional<AppScript> script(String name) {
    return Optional.ofNullable(scripts.get(name)).map(StoredScript::script);
  }

  /** The functions of a module, by name. */
  public List<FunctionDefinition> functionsOf(String module) {
    return functions.values().stream().filter(f -> f.spec().id().module().equals(module)).toList();
  }
}
