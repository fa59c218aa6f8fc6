package dev.funless.bench.engine.guests;

import dev.funless.bench.engine.guests.Toolchain.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the CPU kernels, for the machine and for wasm. */
public final class KernelGuests {

  public static final List<String> KERNELS =
      List.of(
          "fib",
          "sha256",
          "nbody",
          "mandelbrot",
          "wordcount",
          "touch",
          "blur",
          "matmul",
          "quicksort",
          "bytecode");

  private static final String NAME = "kernels";

  /** Wasm cannot fuse a multiplication with an addition; fused ones round otherwise. */
  private static final String NOT_FUSED = "-ffp-contract=off";

  private final Toolchain tools;
  private final Path sources;
  private final Guests guests;

  /**
   * @param sources {@code bench/src/main/guests/kernels}
   */
  public KernelGuests(Toolchain tools, Path sources, Guests guests) {
    this.tools = tools;
    this.sources = sources;
    this.guests = guests;
  }

  /** A function that takes {@code "KERNEL REPETITIONS"}, built by clang -O2. */
  public Path module() throws IOException, InterruptedException, MissingToolException {
    List<String> arguments = new ArrayList<>(List.of(NOT_FUSED));
    arguments.addAll(files("function.c"));
    guests.compile(NAME, arguments);
    return guests.folder().resolve(NAME + ".wasm");
  }

  /** A program that takes lines, built by gcc -O2. */
  public Path program() throws IOException, InterruptedException, MissingToolException {
    Path program = guests.folder().resolve(NAME);
    List<String> command = new ArrayList<>(List.of(tools.command(Tool.GCC), "-O2", NOT_FUSED));
    command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-o", program.toString()));
    command.addAll(files("native.c"));
    command.add("-lm");
    tools.run(command);
    return program;
  }

  private List<String> files(String driver) {
    List<String> files = new ArrayList<>(List.of(sources.resolve(driver).toString()));
    KERNELS.forEach(kernel -> files.add(sources.resolve(kernel + ".c").toString()));
    return files;
  }
}
