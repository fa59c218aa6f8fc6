package dev.funless.core.schedule.app;

import java.util.List;

/** A part of a script's YAML, with the line where it begins, from 1. */
sealed interface Yaml {

  int line();

  /**
   * A scalar, as it was written.
   *
   * @param isPlain whether without quotes
   */
  record Text(int line, String value, boolean isPlain) implements Yaml {

    /** Whether YAML takes it for nothing, as {@code ~} and what is left out. */
    boolean isNull() {
      return isPlain
          && switch (value) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }
  }

  record Items(int line, List<Yaml> items) implements Yaml {}

  /**
   * A map.
   *
   * @param entries in the order of the text; a key may be there twice
   */
  record Keys(int line, List<Entry> entries) implements Yaml {}

  record Entry(Yaml key, Yaml value) {}
}
