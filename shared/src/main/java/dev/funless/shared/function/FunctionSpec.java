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
 * @param services the URLs of the services that it calls, each a {@link ServiceUrl}
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
    boolean idempotent,
    List<String> services) {

  /** Code is handled as one array where it is compiled. */
  public static final long MAX_CODE_BYTES = 1L << 30;

  private static final int SHA256_DIGITS = 64;

  public FunctionSpec {
    require(isSha256(sha256), "a hash must be 64 lower-case hexadecimal digits");
    require(codeBytes >= 0 && codeBytes <= MAX_CODE_BYTES, "the code's size is out of range");
    require(initialMemoryBytes >= 0 && capacityBytes >= 0, "a size is negative");
    allowedHosts = List.copyOf(allowedHosts);
    env = Map.copyOf(env);
    services = List.copyOf(services);
  }

  /** Hashes name files on the workers, so they must be nothing else. */
  private static boolean isSha256(String text) {
    if (text.length() != SHA256_DIGITS) {
      return false;
    }
    for (int i = 0; i < SHA256_DIGITS; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** The memory that one call takes on a worker, as well as it can be told beforehand. */
  public long footprintBytes() {
    return Math.max(capacityBytes, initialMemoryBytes);
  }
}
