package dev.funless.shared.function;

import java.util.List;
import java.util.Map;

/**
 * What a node needs to know of a function to place and to run it: everything but its code.
 *
 * @param id its name
 * @param sha256 the code's hash, 64 lower-case hexadecimal digits
 * @param codeBytes the code's size
 * @param initialMemoryBytes linear memory that an instance starts with
 * @param tag what configuration scripts refer to it by; empty where it has none
 * @param capacityBytes the memory that the function says it needs
 * @param limits bounds of every call
 * @param allowedHosts private addresses it may call, each {@code host}, {@code host:port} or {@code
 *     host:*}
 * @param env its environment variables
 * @param idempotent whether a call that may have started may be run once more
 */
public record FunctionSpec(
    FunctionId id,
    String sha256,
    long codeBytes,
    long initialMemoryBytes,
    String tag,
    long capacityBytes,
    FunctionLimits limits,
    List<String> allowedHosts,
    Map<String, String> env,
    boolean idempotent) {

  public FunctionSpec {
    allowedHosts = List.copyOf(allowedHosts);
    env = Map.copyOf(env);
  }

  /** The memory that one call takes on a worker, as well as it can be told beforehand. */
  public long footprintBytes() {
    return Math.max(capacityBytes, initialMemoryBytes);
  }
}
