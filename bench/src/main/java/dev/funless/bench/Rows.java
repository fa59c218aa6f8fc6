package dev.funless.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of a table, which are an enumeration, as words: {@code APP_SETS} as {@code app-sets}. */
public final class Rows {

  private Rows() {}

  /** As it is written on the command line. */
  public static String word(Enum<?> row) {
    return row.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of them, with commas between them. */
  public static <R extends Enum<R>> String words(Class<R> rows) {
    return Arrays.stream(rows.getEnumConstants()).map(Rows::word).collect(Collectors.joining(", "));
  }

  /**
   * @param words names with commas between them
   * @throws IllegalArgumentException where there is no such row
   */
  public static <R extends Enum<R>> Set<R> parse(Class<R> rows, String words) {
    Set<R> parsed = EnumSet.noneOf(rows);
    for (String word : words.split(",", -1)) {
      parsed.add(
          Arrays.stream(rows.getEnumConstants())
              .filter(row -> word(row).equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no row \"%s\"; the rows are %s".formatted(word, words(rows)))));
    }
    return parsed;
  }
}
