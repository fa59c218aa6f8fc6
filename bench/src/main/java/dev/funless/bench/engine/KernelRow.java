package dev.funless.bench.engine;

import dev.funless.bench.Child;
import dev.funless.bench.Spread;
import dev.funless.bench.Target;
import dev.funless.bench.engine.KernelSide.Run;
import dev.funless.bench.engine.guests.KernelGuests;
import dev.funless.bench.engine.guests.MissingToolException;
import dev.funless.bench.engine.guests.Toolchain.Tool;
import dev.funless.bench.engine.guests.WrongAnswerException;
import dev.funless.bench.engine.jvm.KernelProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The CPU kernels: as gcc's code, on the engine and on V8, each in a process that lives as long as
 * the row. For each kernel the sides run in turn, after a warm-up, the same repetitions; their
 * checksums must be the same.
 */
final class KernelRow {

  private static final int WARM_UPS = 8;
  private static final int RUNS_A_ROUND = 2;

  /** How many kernels come before those that do little but jump as their data say. */
  private static final int NUMERIC = 8;

  private final Setting setting;

  /** How long gcc's code should run at a time. */
  private final double runSeconds;

  private final List<Double> toGcc = new ArrayList<>();
  private final List<Double> toV8 = new ArrayList<>();
  private final List<Double> v8ToGcc = new ArrayList<>();

  KernelRow(Setting setting) {
    this.setting = setting;
    this.runSeconds = setting.options().quick() ? 0.02 : 0.15;
  }

  List<Figure> measure() throws IOException, InterruptedException, MissingToolException {
    KernelGuests guests =
        new KernelGuests(setting.tools(), setting.source("kernels"), setting.guests());
    Path module = guests.module();
    Path program = guests.program();
    List<Figure> details = new ArrayList<>();
    try (KernelSide gcc = new KernelSide(start("gcc-kernels", List.of(program.toString())));
        KernelSide engine =
            new KernelSide(
                setting.startJvm(KernelProgram.class, List.of(), List.of(module.toString())));
        V8Side v8 = v8(module)) {
      for (String kernel : KernelGuests.KERNELS) {
        details.addAll(measure(kernel, gcc, engine, v8.side()));
      }
    }
    List<Figure> figures = new ArrayList<>();
    double mean = Ratios.geometricMean(toGcc);
    figures.add(
        Figure.of(
            "time against gcc -O2, geometric mean of " + toGcc.size(),
            List.of(mean),
            "×",
            2,
            Target.atMost(1.2, 1.05)));
    figures.add(
        Figure.beside(
            "time against gcc -O2, geometric mean without quicksort and bytecode",
            List.of(Ratios.geometricMean(toGcc.subList(0, NUMERIC))),
            "×",
            2));
    if (toV8.isEmpty()) {
      figures.add(Figure.beside("V8 not measured, as there is no node; kernels", counted(), "", 0));
    } else {
      figures.add(
          Figure.beside("time against V8, mean", List.of(Ratios.geometricMean(toV8)), "×", 2));
      figures.add(
          Figure.beside(
              "V8's time against gcc -O2, mean", List.of(Ratios.geometricMean(v8ToGcc)), "×", 2));
    }
    figures.addAll(details);
    return figures;
  }

  /** V8's side, where there is one. */
  private record V8Side(Optional<KernelSide> side) implements AutoCloseable {

    @Override
    public void close() {
      side.ifPresent(KernelSide::close);
    }
  }

  private V8Side v8(Path module) throws IOException, InterruptedException, MissingToolException {
    if (!setting.tools().has(Tool.NODE)) {
      return new V8Side(Optional.empty());
    }
    List<String> command =
        List.of(
            setting.tools().command(Tool.NODE),
            setting.source("kernels/v8.mjs").toString(),
            module.toString());
    return new V8Side(Optional.of(new KernelSide(start("v8-kernels", command))));
  }

  private Child start(String name, List<String> command) throws IOException {
    return setting.children().start(name, command, setting.root());
  }

  private List<Double> counted() {
    return List.of((double) toGcc.size());
  }

  private List<Figure> measure(
      String kernel, KernelSide gcc, KernelSide engine, Optional<KernelSide> v8)
      throws IOException, InterruptedException {
    int repetitions = repetitions(kernel, gcc);
    String checksum = gcc.run(kernel, repetitions).checksum();
    for (int i = 0; i < WARM_UPS; i++) {
      seconds("the engine", kernel, engine.run(kernel, repetitions), checksum);
      if (v8.isPresent()) {
        seconds("V8", kernel, v8.get().run(kernel, repetitions), checksum);
      }
    }
    List<Double> gccSeconds = new ArrayList<>();
    List<Double> engineSeconds = new ArrayList<>();
    List<Double> v8Seconds = new ArrayList<>();
    for (int i = 0; i < RUNS_A_ROUND * setting.options().rounds(); i++) {
      gccSeconds.add(seconds("gcc", kernel, gcc.run(kernel, repetitions), checksum));
      engineSeconds.add(seconds("the engine", kernel, engine.run(kernel, repetitions), checksum));
      if (v8.isPresent()) {
        v8Seconds.add(seconds("V8", kernel, v8.get().run(kernel, repetitions), checksum));
      }
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(ratio(kernel + " against gcc", engineSeconds, gccSeconds, toGcc));
    if (v8.isPresent()) {
      figures.add(ratio(kernel + " against V8", engineSeconds, v8Seconds, toV8));
      v8ToGcc.add(Spread.of(Ratios.of(v8Seconds, gccSeconds)).median());
    }
    return figures;
  }

  /** So many that gcc's code runs for {@link #runSeconds}. */
  private int repetitions(String kernel, KernelSide gcc) throws IOException, InterruptedException {
    int repetitions = 1;
    while (true) {
      double seconds = gcc.run(kernel, repetitions).seconds();
      if (seconds >= runSeconds / 2) {
        return Math.max(1, (int) Math.round(repetitions * runSeconds / seconds));
      }
      repetitions *= 2;
    }
  }

  private static double seconds(String side, String kernel, Run run, String checksum) {
    if (!run.checksum().equals(checksum)) {
      throw new WrongAnswerException(
          "%s computes %s for %s, where gcc's code computes %s"
              .formatted(side, run.checksum(), kernel, checksum));
    }
    return run.seconds();
  }

  private static Figure ratio(
      String what, List<Double> seconds, List<Double> others, List<Double> medians) {
    Figure figure = Figure.beside(what, Ratios.of(seconds, others), "×", 2);
    medians.add(figure.spread().median());
    return figure;
  }
}
