package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionId;
import java.util.UUID;

/**
 * Asks a core to invoke a function.
 *
 * @param invocationId chosen by the caller, unique; names the invocation in logs and events
 * @param function its name
 * @param args the arguments: JSON in UTF-8
 * @param scheduling JSON in UTF-8 that overrides the function's own {@code scheduling}; empty where
 *     it does not
 * @param withLog whether the answer is to carry what the function prints
 */
public record InvokeRequest(
    String invocationId, FunctionId function, byte[] args, byte[] scheduling, boolean withLog) {

  /** An invocation with an id of its own, scheduled as the function says, without its log. */
  public static InvokeRequest of(FunctionId function, byte[] args) {
    return new InvokeRequest(UUID.randomUUID().toString(), function, args, new byte[0], false);
  }
}
