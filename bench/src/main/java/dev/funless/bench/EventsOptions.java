package dev.funless.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What {@code scripts/bench events} was asked for.
 *
 * @param rounds how often each side is measured with each number under way
 * @param measured how long one measurement lasts
 * @param warmUp how long each side is warmed up before the first round
 */
record EventsOptions(int rounds, Duration measured, Duration warmUp) {

  static final String HELP =
      """
      scripts/bench events [options]

      Measures the invocations of a trivial function over REST and by messages of one MQTT connector in
      turn: how many a second, and what latency the connector adds.

        --rounds N        rounds, each with both sides at 1 and at 32 under way (default 3)
        --seconds S       seconds of each measurement (default 8)
        --warmup S        seconds of warm-up of each side, at 32 under way (default 40)
      """;

  static EventsOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(arguments, Set.of("--rounds", "--seconds", "--warmup"), Set.of());
    return new EventsOptions(
        given.integer("--rounds", 1, 1000, 3),
        given.seconds("--seconds", 8),
        given.seconds("--warmup", 40));
  }
}
