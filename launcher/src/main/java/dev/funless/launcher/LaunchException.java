package dev.funless.launcher;

/** The platform cannot be run; the message is one line that says why and what to do. */
sealed class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }

  LaunchException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A core does not know a token: waiting does not help. */
  static final class TokenRefused extends LaunchException {

    private static final long serialVersionUID = 1L;

    TokenRefused(String message) {
      super(message);
    }
  }
}
