package dev.funless.shared.function;

/** The rule for names of modules, functions, subjects and scripts: {@code [_a-zA-Z0-9]{1,160}}. */
public final class Names {

  public static final int MAX_LENGTH = 160;

  /** The module that always exists. */
  public static final String DEFAULT_MODULE = "_";

  private Names() {}

  public static boolean isValid(String name) {
    if (name == null || name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  static void require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException("not a valid name: " + name);
    }
  }
}
