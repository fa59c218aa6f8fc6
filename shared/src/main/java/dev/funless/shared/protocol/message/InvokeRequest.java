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
 * @param explain whether the answer is to say why the worker was chosen
 */
public record InvokeRequest(
    String invocationId,
    FunctionId function,
    byte[] args,
    byte[] scheduling,
    boolean withLog,
    boolean explain) {

  /** An invocation with an id of its own, scheduled as the function says, its answer alone. */
  public static InvokeRequest of(FunctionId function, byte[] args) {
    return new InvokeRequest(
        UUID.randomUUID().toString(), function, args, new byte[0], false, false);
  }
}
