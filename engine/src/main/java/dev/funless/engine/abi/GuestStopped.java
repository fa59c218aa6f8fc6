package dev.funless.engine.abi;

/** The call was stopped from outside, and its guest is being left. */
public final class GuestStopped extends RuntimeException {

  public GuestStopped() {
    super("stopped", null, false, false);
  }
}
