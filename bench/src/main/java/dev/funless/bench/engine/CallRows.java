package dev.funless.bench.engine;

import dev.funless.bench.Child;
import dev.funless.bench.Jmh;
import dev.funless.bench.Target;
import dev.funless.bench.engine.guests.Guests;
import dev.funless.bench.engine.guests.MissingToolException;
import dev.funless.bench.engine.guests.Toolchain.Tool;
import dev.funless.bench.engine.jvm.CallsBenchmark;
import dev.funless.bench.engine.jvm.ChainProfiler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of single calls: the engine's own, and V8's of the same module. */
final class CallRows {

  private static final Duration V8_ALLOWED = Duration.ofMinutes(10);

  /** V8 takes a module's functions up to its best code within fewer calls than HotSpot. */
  private static final int V8_WARM_UPS = 2;

  private static final int V8_ITERATIONS = 3;

  private final Setting setting;
  private final Jmh jmh;

  /** What the JSON function took in this run, as the row of V8 compares with it. */
  private final List<Double> jsonMicros = new ArrayList<>();

  private final List<Double> jsonTailMicros = new ArrayList<>();
  private final List<Result> v8 = new ArrayList<>();

  CallRows(Setting setting) {
    this.setting = setting;
    this.jmh = setting.jmh();
  }

  List<Figure> trivial() throws IOException, InterruptedException, MissingToolException {
    setting.guests().trivial();
    List<Double> micros = new ArrayList<>();
    List<Double> tailMicros = new ArrayList<>();
    for (int round = 0; round < setting.options().rounds(); round++) {
      calls(Guests.TRIVIAL, micros, tailMicros);
    }
    return List.of(
        Figure.of("p50", micros, "µs", 2, Target.atMost(0.5)),
        Figure.of("p99", tailMicros, "µs", 2, Target.atMost(1, 0.1)));
  }

  List<Figure> json() throws IOException, InterruptedException, MissingToolException {
    measureJson();
    return List.of(
        Figure.of("p50", jsonMicros, "µs", 2, Target.atMost(3, 2)),
        Figure.beside("p99", jsonTailMicros, "µs", 2));
  }

  List<Figure> v8() throws IOException, InterruptedException, MissingToolException {
    setting.tools().command(Tool.NODE);
    measureJson();
    List<Double> p50 = v8.stream().map(result -> result.get("p50")).toList();
    List<Double> p99 = v8.stream().map(result -> result.get("p99")).toList();
    return List.of(
        Figure.of(
            "times faster",
            Ratios.of(p50, Ratios.medianOfEach(jsonMicros, p50.size())),
            "×",
            2,
            Target.atLeast(5, 15)),
        Figure.beside("V8's p50", p50, "µs", 2),
        Figure.beside("V8's p99", p99, "µs", 2));
  }

  List<Figure> rust() throws IOException, InterruptedException, MissingToolException {
    setting.guests().rust();
    List<Double> micros = new ArrayList<>();
    List<Double> tailMicros = new ArrayList<>();
    for (int round = 0; round < setting.options().rounds(); round++) {
      calls(Guests.RUST, micros, tailMicros);
    }
    return List.of(
        Figure.of("p50", micros, "µs", 1, Target.atMost(90, 30)),
        Figure.beside("p99", tailMicros, "µs", 1));
  }

  /** Both sides in turn, as a machine that slows down then slows both; once a run. */
  private void measureJson() throws IOException, InterruptedException, MissingToolException {
    if (!jsonMicros.isEmpty()) {
      return;
    }
    setting.guests().json();
    boolean withV8 = setting.options().rows().contains(Row.V8) && setting.tools().has(Tool.NODE);
    for (int round = 0; round < setting.options().rounds(); round++) {
      calls(Guests.JSON, jsonMicros, jsonTailMicros);
      if (withV8) {
        v8.add(v8Calls());
      }
    }
  }

  private void calls(String guest, List<Double> micros, List<Double> tailMicros)
      throws IOException {
    Map<String, String> parameters =
        Map.of("folder", setting.guests().folder().toString(), "guest", guest);
    for (Jmh.Iteration iteration :
        jmh.run(CallsBenchmark.class, parameters, List.of(ChainProfiler.class))) {
      micros.add(iteration.get(ChainProfiler.P50_MICROS));
      tailMicros.add(iteration.get(ChainProfiler.P99_MICROS));
    }
  }

  private Result v8Calls() throws IOException, InterruptedException, MissingToolException {
    double seconds = setting.options().measured().toMillis() / 1e3;
    List<String> command =
        List.of(
            setting.tools().command(Tool.NODE),
            setting.source("calls/v8.mjs").toString(),
            setting.guests().folder().toString(),
            Guests.JSON,
            Double.toString(V8_WARM_UPS * seconds),
            Double.toString(V8_ITERATIONS * seconds));
    Child node = setting.children().start("v8-calls", command, setting.root());
    return setting.result(node, V8_ALLOWED);
  }
}
