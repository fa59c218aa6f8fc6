package dev.funless.bench.engine;

import dev.funless.bench.Children;
import dev.funless.bench.engine.guests.MissingToolException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code scripts/bench engine}: prints what the engine reaches of its targets. */
public final class EngineBench {

  private final Setting setting;
  private final PrintStream out;
  private final CallRows calls;

  private EngineBench(Setting setting, PrintStream out) {
    this.setting = setting;
    this.out = out;
    this.calls = new CallRows(setting);
  }

  static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.print(EngineOptions.HELP);
      return;
    }
    System.exit(exitCode(arguments));
  }

  private static int exitCode(List<String> arguments) {
    EngineOptions options;
    try {
      options = EngineOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/bench engine: " + e.getMessage());
      return 2;
    }
    try (Children children = Children.open()) {
      Setting setting = Setting.of(options, Path.of("").toAbsolutePath(), children);
      return new EngineBench(setting, System.out).run();
    } catch (IOException e) {
      System.err.println("scripts/bench engine: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** 0, or 1 when a row was broken. */
  private int run() throws IOException, InterruptedException {
    Versions.of(setting).forEach(out::println);
    out.println();
    Map<Row, RowResult> results = new EnumMap<>(Row.class);
    for (Row row : setting.options().rows()) {
      RowResult result = measure(row);
      if (setting.children().ended()) {
        return 1;
      }
      results.put(row, result);
      EngineReport.lines(row, result).forEach(out::println);
    }
    out.printf("%n%s", EngineReport.table(results));
    return results.values().stream().anyMatch(RowResult.Broken.class::isInstance) ? 1 : 0;
  }

  private RowResult measure(Row row) throws InterruptedException {
    try {
      return new RowResult.Measured(figures(row));
    } catch (MissingToolException e) {
      return new RowResult.Skipped(e.getMessage());
    } catch (IOException | RuntimeException e) {
      return new RowResult.Broken(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private List<Figure> figures(Row row)
      throws IOException, InterruptedException, MissingToolException {
    return switch (row) {
      case TRIVIAL -> calls.trivial();
      case JSON -> calls.json();
      case V8 -> calls.v8();
      case RUST -> calls.rust();
      case KERNELS -> new KernelRow(setting).measure();
      case CACHE -> new LoadRows(setting).cached();
      case COMPILE -> new LoadRows(setting).compiled();
      case RUNAWAY -> new RunawayRow(setting).measure();
      case DENSITY -> new DensityRow(setting).measure();
      case THROUGHPUT -> new ThroughputRow(setting).measure();
    };
  }
}
