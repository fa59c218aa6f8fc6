package dev.funless.core.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.Names;
import java.util.Optional;

/**
 * {@code {"language": "wasm", "module": "_", "function": "picker", "config": {…}}}.
 *
 * @param module of the policy's function; {@code _} where it is not given
 * @param function the policy's function
 * @param config what the function is given beside the workers
 */
public record WasmConfig(Optional<String> module, String function, Optional<ObjectNode> config)
    implements PolicyConfig {

  public WasmConfig {
    if (!Names.isValid(function) || !Names.isValid(module.orElse(Names.DEFAULT_MODULE))) {
      throw new IllegalArgumentException(
          "module and function must name the function that is the policy.");
    }
  }

  /** The policy's function. */
  @JsonIgnore
  public FunctionId id() {
    return new FunctionId(module.orElse(Names.DEFAULT_MODULE), function);
  }
}
