package dev.funless.bench.engine.guests;

/** Something that is not part of the project, and that a row needs, is not installed. */
public final class MissingToolException extends Exception {

  private static final long serialVersionUID = 1;

  MissingToolException(String message) {
    super(message);
  }
}
