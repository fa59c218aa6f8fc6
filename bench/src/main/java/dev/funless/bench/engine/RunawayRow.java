package dev.funless.bench.engine;

import dev.funless.bench.Target;
import dev.funless.bench.engine.guests.MissingToolException;
import dev.funless.bench.engine.jvm.RunawayProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How late after its deadline a loop is stopped. */
final class RunawayRow {

  private static final int STOPS = 50;
  private static final int STOPS_QUICK = 10;
  private static final Duration ALLOWED = Duration.ofMinutes(5);

  private final Setting setting;

  RunawayRow(Setting setting) {
    this.setting = setting;
  }

  List<Figure> measure() throws IOException, InterruptedException, MissingToolException {
    setting.guests().runaway();
    setting.guests().json();
    int stops = setting.options().quick() ? STOPS_QUICK : STOPS;
    List<String> arguments = List.of(setting.guests().folder().toString(), Integer.toString(stops));
    Result result =
        setting.result(setting.startJvm(RunawayProgram.class, List.of(), arguments), ALLOWED);
    return List.of(
        late("p50 of " + stops, result.get("p50")),
        late("the latest of " + stops, result.get("max")),
        beside("p50 of the neighbour's calls meanwhile", result.get("neighbour.p50")),
        beside("p99 of the neighbour's calls meanwhile", result.get("neighbour.p99")));
  }

  private static Figure late(String what, double millis) {
    return Figure.of(what, List.of(millis), "ms", 2, Target.atMost(5, 1));
  }

  private static Figure beside(String what, double micros) {
    return Figure.beside(what, List.of(micros), "µs", 1);
  }
}
