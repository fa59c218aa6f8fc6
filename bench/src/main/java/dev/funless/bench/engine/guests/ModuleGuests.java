package dev.funless.bench.engine.guests;

import dev.funless.bench.Child;
import dev.funless.bench.engine.guests.Toolchain.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Builds the modules of several sizes: a smaller one is the first parts of a larger one. Each part
 * is compiled once by clang, and once by gcc, whose code says what the modules must answer.
 */
public final class ModuleGuests {

  private static final Duration COMPILE_ALLOWED = Duration.ofMinutes(10);

  /** A JSON string without escapes, so that the text is the same to a shell's eyes. */
  private static final List<String> INPUTS =
      List.of(
          "\"12 + (3 * x) - [y / 7] ^ 99, ~4 % z (((8))) 'and some words, 2026-11-23T10:00:00Z'\"",
          "\"order 77: lamp*2, chair*4; total=(2*19 + 4*45) % 1000 / 3 - -5 ok zz xyz"
              + " 0123456789\"");

  private final Toolchain tools;
  private final Path sources;
  private final Guests guests;

  /**
   * @param sources {@code bench/src/main/guests/module}
   */
  public ModuleGuests(Toolchain tools, Path sources, Guests guests) {
    this.tools = tools;
    this.sources = sources;
    this.guests = guests;
  }

  /** Builds the case of every size, once. */
  public void build() throws IOException, InterruptedException, MissingToolException {
    if (Files.exists(guests.folder().resolve(ModuleSize.KB_700.guest() + ".wasm"))) {
      return;
    }
    String clang = tools.command(Tool.CLANG);
    String gcc = tools.command(Tool.GCC);
    List<Child> compilers = new ArrayList<>();
    int first = 0;
    for (ModuleSize size : ModuleSize.values()) {
      Path source = file(size, ".c");
      Files.writeString(source, parts(first, size.parts()));
      first = size.parts();
      compilers.add(start(List.of(clang, "--target=wasm32-wasi", "-O2"), source, file(size, ".o")));
      compilers.add(start(List.of(gcc, "-O0"), source, file(size, ".native.o")));
    }
    for (Child compiler : compilers) {
      compiler.awaitEnd(COMPILE_ALLOWED);
    }
    for (ModuleSize size : ModuleSize.values()) {
      link(size, gcc);
    }
  }

  private Child start(List<String> compiler, Path source, Path object) throws IOException {
    List<String> command = new ArrayList<>(compiler);
    command.addAll(List.of("-c", "-I" + sources, "-o", object.toString(), source.toString()));
    return tools.start(command);
  }

  private void link(ModuleSize size, String gcc)
      throws IOException, InterruptedException, MissingToolException {
    Path header = file(size, ".h");
    Files.writeString(header, list(size.parts()));
    List<String> linked = new ArrayList<>(List.of("-include", header.toString()));
    linked.add(sources.resolve("main.c").toString());
    List<String> nativeCommand = new ArrayList<>(List.of(gcc, "-O0", "-DNATIVE"));
    nativeCommand.addAll(List.of("-o", file(size, "").toString()));
    nativeCommand.addAll(linked);
    for (ModuleSize part : ModuleSize.values()) {
      if (part.compareTo(size) <= 0) {
        linked.add(file(part, ".o").toString());
        nativeCommand.add(file(part, ".native.o").toString());
      }
    }
    guests.compile(size.guest(), linked);
    tools.run(nativeCommand);
    List<String> answers = new ArrayList<>();
    for (String input : INPUTS) {
      answers.add(tools.run(List.of(file(size, "").toString(), input)));
    }
    CallCase.ofTexts(Files.readAllBytes(file(size, ".wasm")), INPUTS, answers)
        .writeCalls(guests.folder(), size.guest());
  }

  private Path file(ModuleSize size, String suffix) {
    return guests.folder().resolve(size.guest() + suffix);
  }

  private static String parts(int first, int end) {
    return "#include <stdint.h>\n#include <string.h>\n"
        + IntStream.range(first, end)
            .mapToObj("#define PART %d\n#include \"part.h\"\n#undef PART\n"::formatted)
            .collect(Collectors.joining());
  }

  private static String list(int parts) {
    return "#define EACH_PART(each)"
        + IntStream.range(0, parts).mapToObj(" each(%d)"::formatted).collect(Collectors.joining())
        + "\n";
  }
}
