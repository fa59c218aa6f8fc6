package dev.funless.core.schedule;

/** Users' texts as messages repeat them. */
final class Texts {

  private static final int SHOWN = 40;

  private Texts() {}

  /** At most its first 40 characters. */
  static String abridged(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
