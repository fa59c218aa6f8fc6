package dev.funless.bench.engine.guests;

/** Something answered wrongly: there is no figure then, whatever was measured. */
public final class WrongAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public WrongAnswerException(String message) {
    super(message);
  }
}
