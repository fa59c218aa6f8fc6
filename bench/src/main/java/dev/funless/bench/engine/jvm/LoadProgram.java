package dev.funless.bench.engine.jvm;

import dev.funless.bench.engine.guests.CallCase;
import dev.funless.bench.engine.guests.ModuleSize;
import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import dev.funless.engine.LoadedFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Loads modules into a JVM that has loaded others before: {@code LoadProgram FOLDER CACHE WARM_UPS
 * COUNT SIZE… - SIZE…}, where the sizes before the dash are loaded to warm up, those behind it
 * measured. Each load is into an engine of its own, so that nothing but the cache on disk, if
 * {@code CACHE} is not {@code none}, can be left of the one before. What was loaded is called, and
 * its answers checked, outside of the time.
 */
public final class LoadProgram {

  private static final Duration CALL_ALLOWED = Duration.ofSeconds(10);

  private final Path folder;
  private final String cache;

  private LoadProgram(Path folder, String cache) {
    this.folder = folder;
    this.cache = cache;
  }

  static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    LoadProgram program = new LoadProgram(Path.of(words.get(0)), words.get(1));
    List<String> sizes = words.subList(4, words.size());
    int dash = sizes.indexOf("-");
    for (int i = 0; i < Integer.parseInt(words.get(2)); i++) {
      program.load(sizes.subList(0, dash));
    }
    List<String> measured = sizes.subList(dash + 1, sizes.size());
    List<String> figures = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(words.get(3)); i++) {
      List<Double> millis = program.load(measured);
      for (int size = 0; size < measured.size(); size++) {
        figures.add(
            String.format(Locale.ROOT, "%s.%d=%.3f", measured.get(size), i, millis.get(size)));
      }
    }
    System.out.println("result " + String.join(" ", figures));
  }

  /** Each once; the milliseconds that each took. */
  private List<Double> load(List<String> sizes)
      throws IOException, InterruptedException, InvalidModuleException {
    List<Double> millis = new ArrayList<>();
    for (String size : sizes) {
      CallCase calls = CallCase.read(folder, ModuleSize.valueOf(size).guest());
      try (Engine engine = engine()) {
        long start = System.nanoTime();
        LoadedFunction function = Engines.compiled(engine, calls.wasm());
        millis.add((System.nanoTime() - start) / 1e6);
        for (int input = 0; input < calls.inputs().size(); input++) {
          byte[] given = calls.inputs().get(input);
          calls.check(input, SingleCalls.answer(engine, function, given, CALL_ALLOWED));
        }
      }
    }
    return millis;
  }

  private Engine engine() {
    return cache.equals("none") ? Engines.running(1, 1) : Engines.caching(Path.of(cache));
  }
}
