package dev.funless.bench.engine;

import dev.funless.bench.Child;
import dev.funless.bench.Children;
import dev.funless.bench.Jmh;
import dev.funless.bench.engine.guests.Guests;
import dev.funless.bench.engine.guests.Toolchain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What all rows share: the checkout, the tools, the guests, and how a program is started.
 *
 * @param root the folder of the checkout
 */
record Setting(
    EngineOptions options, Path root, Children children, Toolchain tools, Guests guests) {

  private static final String JVM_OPTIONS = "config/worker.jvm";
  private static final String GUESTS = "bench/src/main/guests";

  static Setting of(EngineOptions options, Path root, Children children) {
    Toolchain tools = new Toolchain(children);
    Path sources = root.resolve(GUESTS);
    return new Setting(
        options, root, children, tools, new Guests(tools, sources, children.folder()));
  }

  Path jvmOptions() {
    return root.resolve(JVM_OPTIONS);
  }

  Path source(String guest) {
    return root.resolve(GUESTS).resolve(guest);
  }

  Jmh jmh() {
    return new Jmh(jvmOptions(), children.folder(), options.measured());
  }

  /** Starts {@code program} in a JVM with a worker's options and {@code more} behind them. */
  Child startJvm(Class<?> program, List<String> more, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + jvmOptions());
    command.addAll(more);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return children.start(program.getSimpleName(), command, root);
  }

  /** Runs a program that ends with a result. */
  Result result(Child child, Duration deadline) throws IOException, InterruptedException {
    try (child) {
      return Result.parse(child.awaitLine(Result.PREFIX, deadline));
    }
  }
}
