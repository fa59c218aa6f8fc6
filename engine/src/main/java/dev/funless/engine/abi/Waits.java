package dev.funless.engine.abi;

/** How a guest waits without holding up others. */
public interface Waits {

  /**
   * Gives up the guest's place, waits, and takes a place again.
   *
   * @throws GuestStopped where the call was stopped meanwhile
   */
  <T, E extends Exception> T away(Wait<T, E> wait) throws E;

  /** Ends the call here where it has been stopped: for host functions that take long. */
  void checkStopped();

  /** What is waited for; ends early when its thread is interrupted. */
  @FunctionalInterface
  interface Wait<T, E extends Exception> {
    T await() throws E, InterruptedException;
  }
}
