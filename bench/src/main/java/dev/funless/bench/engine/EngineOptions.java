package dev.funless.bench.engine;

import dev.funless.bench.Arguments;
import dev.funless.bench.Rows;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code scripts/bench engine} was asked for.
 *
 * @param rows what is measured
 * @param rounds how often the sides of each row are measured in turn
 * @param measured how long one iteration of calls lasts; a round has several, after as many of
 *     warm-up
 * @param quick whether everything is made short, to see that it works: the figures say little then
 */
record EngineOptions(Set<Row> rows, int rounds, Duration measured, boolean quick) {

  static final String HELP =
      """
      scripts/bench engine [options]

      Measures the wasm engine, alone and beside gcc's code and V8, and prints a table with what is
      to be reached. Takes some ten minutes. Needs gcc, clang with the target wasm32-wasi, node, and
      rustc with the target wasm32-wasi; rows that lack one are skipped.

        --rows A,B        only these of: %s
        --rounds N        how often the sides are measured in turn (default 3)
        --seconds S       seconds of each iteration of calls (default 1)
        --quick           as short as possible, to see whether it works
      """
          .formatted(Rows.words(Row.class));

  static EngineOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(arguments, Set.of("--rows", "--rounds", "--seconds"), Set.of("--quick"));
    boolean quick = given.has("--quick");
    double seconds = given.number("--seconds", 0.1, 600, quick ? 0.2 : 1);
    return new EngineOptions(
        given
            .value("--rows")
            .map(words -> Rows.parse(Row.class, words))
            .orElseGet(() -> EnumSet.allOf(Row.class)),
        given.integer("--rounds", 1, 100, quick ? 1 : 3),
        Duration.ofMillis(Math.round(seconds * 1000)),
        quick);
  }
}
