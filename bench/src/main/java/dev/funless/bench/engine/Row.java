package dev.funless.bench.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured, in the order of the table. */
enum Row {
  TRIVIAL("isolated call, trivial guest, engine only"),
  JSON("isolated call, 1 KiB of JSON parsed and answered by a C guest"),
  V8("the same against V8, a new instance per call"),
  RUST("Rust WASI command, 1 KiB of JSON"),
  KERNELS("CPU kernels"),
  CACHE("load from the cache into a warm JVM"),
  COMPILE("first compile in a warm JVM, parse included"),
  RUNAWAY("a runaway loop stopped after its deadline"),
  DENSITY("functions loaded at once in a 1 GiB heap, one page each"),
  THROUGHPUT("throughput with 2 threads against 1");

  private final String title;

  Row(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** As it is written on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param words names with commas between them
   */
  static Set<Row> parse(String words) {
    Set<Row> rows = EnumSet.noneOf(Row.class);
    for (String word : words.split(",", -1)) {
      rows.add(
          Arrays.stream(values())
              .filter(row -> row.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no row \"%s\"; the rows are %s".formatted(word, words()))));
    }
    return rows;
  }

  static String words() {
    return List.of(values()).stream().map(Row::word).collect(Collectors.joining(", "));
  }
}
