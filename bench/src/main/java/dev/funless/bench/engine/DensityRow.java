package dev.funless.bench.engine;

import dev.funless.bench.Target;
import dev.funless.bench.engine.guests.MissingToolException;
import dev.funless.bench.engine.jvm.DensityProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How many functions a heap of 1 GiB holds. */
final class DensityRow {

  private static final int MOST = 12_000;
  private static final int MOST_QUICK = 200;
  private static final int LOAD_SECONDS = 240;
  private static final Duration ALLOWED = Duration.ofMinutes(8);

  private final Setting setting;

  DensityRow(Setting setting) {
    this.setting = setting;
  }

  List<Figure> measure() throws IOException, InterruptedException, MissingToolException {
    setting.guests().trivial();
    int most = setting.options().quick() ? MOST_QUICK : MOST;
    List<String> arguments =
        List.of(
            setting.guests().folder().toString(),
            Integer.toString(most),
            Integer.toString(LOAD_SECONDS));
    Result result =
        setting.result(
            setting.startJvm(DensityProgram.class, List.of("-Xmx1g"), arguments), ALLOWED);
    double loaded = result.get("loaded");
    double kept = Math.max(1, result.get("kept"));
    return List.of(
        Figure.of(why(result, most), List.of(loaded), "functions", 0, Target.atLeast(5000, 10_000)),
        Figure.beside("heap used, a function", List.of(result.get("heap") * 1024 / kept), "KiB", 1),
        Figure.beside(
            "metaspace, a function", List.of(result.get("metaspace") * 1024 / kept), "KiB", 1));
  }

  /** What ended the counting. */
  private static String why(Result result, int most) {
    if (result.get("full") == 1) {
      return "the heap is full";
    }
    return result.get("loaded") >= most
        ? "stopped at " + most
        : "stopped after " + LOAD_SECONDS + " s";
  }
}
