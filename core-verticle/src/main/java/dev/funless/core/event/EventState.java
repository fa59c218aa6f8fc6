package dev.funless.core.event;

/**
 * How an event is.
 *
 * @param id the event's
 * @param state {@code waiting} for a core, {@code connected} or {@code failed}
 * @param detail why it failed, in a sentence; empty otherwise
 * @param core the one that owns it; empty where none does now, or every core serves it
 */
public record EventState(long id, String state, String detail, String core) {

  static final String WAITING = "waiting";
  static final String CONNECTED = "connected";
  static final String FAILED = "failed";

  /** Of one that no core owns. */
  public static EventState waiting(long id) {
    return new EventState(id, WAITING, "", "");
  }

  public boolean isConnected() {
    return state.equals(CONNECTED);
  }

  boolean isSettled() {
    return !state.equals(WAITING);
  }
}
