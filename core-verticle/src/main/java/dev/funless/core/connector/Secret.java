package dev.funless.core.connector;

/** A password or the like: never shown, never logged, stored encrypted. */
public record Secret(String value) {

  /** What is shown instead. */
  public static final String HIDDEN = "********";

  public Secret {
    if (value == null) {
      throw new IllegalArgumentException("a secret must be a text");
    }
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
