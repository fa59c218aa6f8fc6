package dev.funless.engine;

import java.util.Map;

/**
 * One call of a function.
 *
 * @param input the arguments, JSON in UTF-8; not copied, so not to be changed
 * @param deadlineNanos when the call must have ended, on the scale of {@link System#nanoTime()}
 * @param limits its bounds
 * @param environment the function's environment variables
 * @param http how the guest's HTTP calls leave the node
 * @param gate asked on the guest's thread just before the guest starts
 */
public record Call(
    byte[] input,
    long deadlineNanos,
    CallLimits limits,
    Map<String, String> environment,
    OutboundHttp http,
    StartGate gate) {

  /** Decides, at the last moment, whether a queued call still starts. */
  @FunctionalInterface
  public interface StartGate {

    /** May block for a short, bounded time. False drops the call: it ends as STOPPED. */
    boolean mayStart();
  }
}
