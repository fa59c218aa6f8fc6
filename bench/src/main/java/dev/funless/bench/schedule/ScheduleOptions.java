package dev.funless.bench.schedule;

import dev.funless.bench.Arguments;
import dev.funless.bench.Rows;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code scripts/bench schedule} was asked for.
 *
 * @param rows what is measured
 * @param rounds how often a row is measured over few and over many workers in turn
 * @param measured how long one iteration lasts; a round has several, after as many of warm-up
 * @param quick whether everything is made short, to see that it works: the figures say little then
 */
record ScheduleOptions(Set<Row> rows, int rounds, Duration measured, boolean quick) {

  static final String HELP =
      """
      scripts/bench schedule [options]

      Measures what a scheduling decision costs over 10 and over 1,000 workers, by every policy, and
      prints a table with what is to be reached. Takes some ten minutes.

        --rows A,B        only these of: %s
        --rounds N        how often a row is measured over 10 and over 1,000 in turn (default 3)
        --seconds S       seconds of each iteration (default 0.5)
        --quick           as short as possible, to see whether it works
      """
          .formatted(Rows.words(Row.class));

  static ScheduleOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(arguments, Set.of("--rows", "--rounds", "--seconds"), Set.of("--quick"));
    boolean quick = given.has("--quick");
    double seconds = given.number("--seconds", 0.05, 600, quick ? 0.1 : 0.5);
    return new ScheduleOptions(
        given
            .value("--rows")
            .map(words -> Rows.parse(Row.class, words))
            .orElseGet(() -> EnumSet.allOf(Row.class)),
        given.integer("--rounds", 1, 100, quick ? 1 : 3),
        Duration.ofMillis(Math.round(seconds * 1000)),
        quick);
  }
}
