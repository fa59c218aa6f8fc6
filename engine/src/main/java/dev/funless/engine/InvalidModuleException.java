package dev.funless.engine;

/** The code cannot be run here. The message is one sentence for the person who uploaded it. */
public final class InvalidModuleException extends Exception {

  public InvalidModuleException(String message) {
    super(message);
  }

  public InvalidModuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
