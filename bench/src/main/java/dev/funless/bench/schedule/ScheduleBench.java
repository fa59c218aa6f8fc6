package dev.funless.bench.schedule;

import dev.funless.bench.Children;
import dev.funless.bench.Jmh;
import dev.funless.bench.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code scripts/bench schedule}: prints what a decision costs, beside its targets. */
public final class ScheduleBench {

  private static final Path JVM_OPTIONS = Path.of("config/core.jvm").toAbsolutePath();

  private final ScheduleOptions options;
  private final Children children;
  private final Jmh jmh;
  private final PrintStream out;

  private ScheduleBench(ScheduleOptions options, Children children, PrintStream out) {
    this.options = options;
    this.children = children;
    this.jmh = new Jmh(JVM_OPTIONS, children.folder(), options.measured());
    this.out = out;
  }

  static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.print(ScheduleOptions.HELP);
      return;
    }
    System.exit(exitCode(arguments));
  }

  private static int exitCode(List<String> arguments) {
    ScheduleOptions options;
    try {
      options = ScheduleOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/bench schedule: " + e.getMessage());
      return 2;
    }
    try (Children children = Children.open()) {
      return new ScheduleBench(options, children, System.out).run();
    } catch (IOException e) {
      System.err.println("scripts/bench schedule: " + e.getMessage());
      return 1;
    }
  }

  /** 0, or 1 when a row was broken. */
  private int run() throws IOException {
    Machine.lines(List.of("JMH")).forEach(out::println);
    out.println("JVM options: " + Machine.jvmOptions(JVM_OPTIONS));
    out.printf(
        "%s%d rounds; medians, lowest and highest in brackets%n%n",
        options.quick() ? "QUICK RUN, the figures say little; " : "", options.rounds());
    out.print(ScheduleReport.head());
    boolean broken = false;
    for (Row row : options.rows()) {
      try {
        out.println(measure(row));
      } catch (IOException e) {
        if (children.ended()) {
          return 1;
        }
        broken = true;
        out.println(ScheduleReport.broken(row, e.getMessage()));
      }
    }
    return broken ? 1 : 0;
  }

  /** Few and many in turn, as a machine that slows down then slows both. */
  private String measure(Row row) throws IOException {
    List<Jmh.Iteration> few = new ArrayList<>();
    List<Jmh.Iteration> many = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      few.addAll(decisions(row, ScheduleReport.FEW));
      many.addAll(decisions(row, ScheduleReport.MANY));
    }
    return ScheduleReport.line(row, Measured.of(few), Measured.of(many));
  }

  private List<Jmh.Iteration> decisions(Row row, int workers) throws IOException {
    return jmh.run(
        DecisionBenchmark.class,
        Map.of("row", row.name(), "workers", Integer.toString(workers)),
        List.of(DecisionProfiler.class));
  }
}
