package dev.funless.core.event;

/**
 * How an event is.
 *
 * @param id the event's
 * @param state {@code waiting} for a core, {@code connected} or {@code failed}
 * @param detail why it failed, in a sentence; empty otherwise
 */
public record EventState(long id, String state, String detail) {

  static final String WAITING = "waiting";
  static final String CONNECTED = "connected";
  static final String FAILED = "failed";

  public boolean isConnected() {
    return state.equals(CONNECTED);
  }

  boolean isSettled() {
    return !state.equals(WAITING);
  }
}
