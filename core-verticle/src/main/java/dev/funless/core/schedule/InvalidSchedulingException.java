package dev.funless.core.schedule;

/** A {@code scheduling} object cannot be used; the message is one sentence for the user. */
public final class InvalidSchedulingException extends Exception {

  public InvalidSchedulingException(String message) {
    super(message);
  }
}
