package dev.funless.core.connector;

/**
 * The parameters of an event or a sink cannot be used; the message is one sentence for the user.
 */
public final class InvalidParametersException extends Exception {

  public InvalidParametersException(String message) {
    super(message);
  }
}
