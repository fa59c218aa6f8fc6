package dev.funless.bench.engine;

import dev.funless.bench.Jmh;
import dev.funless.bench.Target;
import dev.funless.bench.engine.guests.Guests;
import dev.funless.bench.engine.guests.MissingToolException;
import dev.funless.bench.engine.jvm.ThroughputBenchmark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a second thread adds. */
final class ThroughputRow {

  private final Setting setting;
  private final Jmh jmh;

  ThroughputRow(Setting setting) {
    this.setting = setting;
    this.jmh = setting.jmh();
  }

  List<Figure> measure() throws IOException, InterruptedException, MissingToolException {
    setting.guests().json();
    int rounds = setting.options().rounds();
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      one.addAll(callsPerSecond(1));
      two.addAll(callsPerSecond(2));
    }
    List<Double> ratios =
        Ratios.of(Ratios.medianOfEach(two, rounds), Ratios.medianOfEach(one, rounds));
    return List.of(
        Figure.of("times as many calls", ratios, "×", 2, Target.atLeast(1.8, 1.95)),
        Figure.beside("1 thread", one, "calls/s", 0),
        Figure.beside("2 threads", two, "calls/s", 0));
  }

  private List<Double> callsPerSecond(int guests) throws IOException {
    Map<String, String> parameters =
        Map.of(
            "folder",
            setting.guests().folder().toString(),
            "guest",
            Guests.JSON,
            "guests",
            Integer.toString(guests));
    return jmh.run(ThroughputBenchmark.class, parameters, List.of()).stream()
        .map(Jmh.Iteration::score)
        .toList();
  }
}
