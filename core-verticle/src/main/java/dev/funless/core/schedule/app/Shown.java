package dev.funless.core.schedule.app;

/** What a script says, as messages repeat it: short, and in one line. */
final class Shown {

  private static final int MAX_CHARACTERS = 40;

  private Shown() {}

  /** The end of a sentence that says what something must be. */
  static String insteadOf(Yaml node) {
    return switch (node) {
      case Yaml.Text text when text.value().isEmpty() -> ", but is empty";
      case Yaml.Text text -> ", not " + quoted(text.value());
      case Yaml.Items list -> list.items().isEmpty() ? ", not an empty list" : ", not a list";
      case Yaml.Keys map -> map.entries().isEmpty() ? ", not an empty map" : ", not a map";
    };
  }

  static String quoted(String text) {
    return "'" + abridged(text) + "'";
  }

  /** At most 40 characters and an ellipsis. */
  static String abridged(String text) {
    boolean isLong = text.codePointCount(0, text.length()) > MAX_CHARACTERS;
    return isLong
        ? visible(text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS))) + "…"
        : visible(text);
  }

  /** With a question mark for every character that ends a line, hides or turns text. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints().map(c -> isVisible(c) ? c : '?').forEach(visible::appendCodePoint);
    return visible.toString();
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
