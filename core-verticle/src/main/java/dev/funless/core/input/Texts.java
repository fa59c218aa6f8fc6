package dev.funless.core.input;

/** Users' texts as messages repeat them. */
public final class Texts {

  private static final int SHOWN = 40;

  private Texts() {}

  /** At most its first 40 characters, in UTF-16, and an ellipsis. */
  public static String abridged(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
