package dev.funless.bench.engine;

import dev.funless.bench.Target;
import dev.funless.bench.engine.guests.MissingToolException;
import dev.funless.bench.engine.guests.ModuleGuests;
import dev.funless.bench.engine.guests.ModuleSize;
import dev.funless.bench.engine.jvm.LoadProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of loading: from the cache on disk, and for the first time. */
final class LoadRows {

  private static final Duration ALLOWED = Duration.ofMinutes(10);
  private static final String NO_CACHE = "none";

  private final Setting setting;

  LoadRows(Setting setting) {
    this.setting = setting;
  }

  /** One JVM fills the cache and ends, as a worker that is started anew; another one loads. */
  List<Figure> cached() throws IOException, InterruptedException, MissingToolException {
    build();
    Path cache = Files.createTempDirectory(setting.children().folder(), "cache-");
    List<ModuleSize> sizes = List.of(ModuleSize.KB_12, ModuleSize.KB_90, ModuleSize.KB_700);
    run(cache.toString(), 0, 1, List.of(), sizes);
    boolean kept = holdsFiles(cache);
    int count = setting.options().quick() ? 1 : 9;
    Result result = run(cache.toString(), setting.options().quick() ? 1 : 4, count, sizes, sizes);
    List<Target> targets =
        List.of(Target.atMost(8, 1), Target.atMost(12, 3), Target.atMost(80, 10));
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      ModuleSize size = sizes.get(i);
      String what = kilobytes(size) + (kept ? "" : ", COMPILED, as nothing was in the cache");
      figures.add(Figure.of(what, millis(result, size, count), "ms", 1, targets.get(i)));
    }
    return figures;
  }

  /** The module itself is new to the JVM only at the first load; others warmed it up. */
  List<Figure> compiled() throws IOException, InterruptedException, MissingToolException {
    build();
    int count = setting.options().quick() ? 1 : 7;
    int warmUps = setting.options().quick() ? 1 : 5;
    List<ModuleSize> others = List.of(ModuleSize.KB_12, ModuleSize.KB_90, ModuleSize.KB_700);
    Result result = run(NO_CACHE, warmUps, count, others, List.of(ModuleSize.KB_500));
    List<Double> millis = millis(result, ModuleSize.KB_500, count);
    String what = kilobytes(ModuleSize.KB_500);
    return List.of(
        Figure.of(what, millis, "ms", 0, Target.atMost(800, 150)),
        Figure.beside(what + ", the first of these", List.of(millis.getFirst()), "ms", 0));
  }

  private void build() throws IOException, InterruptedException, MissingToolException {
    new ModuleGuests(setting.tools(), setting.source("module"), setting.guests()).build();
  }

  private Result run(
      String cache, int warmUps, int count, List<ModuleSize> before, List<ModuleSize> measured)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(setting.guests().folder().toString());
    arguments.add(cache);
    arguments.add(Integer.toString(warmUps));
    arguments.add(Integer.toString(count));
    before.forEach(size -> arguments.add(size.name()));
    arguments.add("-");
    measured.forEach(size -> arguments.add(size.name()));
    return setting.result(setting.startJvm(LoadProgram.class, List.of(), arguments), ALLOWED);
  }

  private static List<Double> millis(Result result, ModuleSize size, int count) {
    return IntStream.range(0, count).mapToObj(i -> result.get(size.name() + "." + i)).toList();
  }

  private String kilobytes(ModuleSize size) throws IOException {
    long bytes = Files.size(setting.guests().folder().resolve(size.guest() + ".wasm"));
    return Math.round(bytes / 1e3) + " KB";
  }

  private static boolean holdsFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }
}
