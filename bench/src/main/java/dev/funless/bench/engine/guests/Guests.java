package dev.funless.bench.engine.guests;

import dev.funless.bench.engine.guests.Toolchain.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the modules into the benchmark's temporary folder, each once. For one thread. */
public final class Guests {

  public static final String TRIVIAL = "trivial";
  public static final String JSON = "json";
  public static final String RUST = "rust";
  public static final String RUNAWAY = "runaway";

  /** One call, counted in memory and in a global. */
  private static final String TRIVIAL_ANSWER = "{\"id\":\"id000000\",\"memory\":1,\"global\":1}";

  /** A reactor: the host calls _initialize before the function, as wasi-libc wants it. */
  private static final List<String> C_FLAGS =
      List.of(
          "--target=wasm32-wasi",
          "-O2",
          "-Wall",
          "-Wextra",
          "-Werror",
          "-mexec-model=reactor",
          "-Wl,--strip-all,--stack-first,-zstack-size=16384");

  private final Toolchain tools;
  private final Path sources;
  private final Path folder;

  /**
   * @param sources {@code bench/src/main/guests}
   */
  public Guests(Toolchain tools, Path sources, Path folder) {
    this.tools = tools;
    this.sources = sources;
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** The case {@link #TRIVIAL}. */
  public void trivial() throws IOException, InterruptedException, MissingToolException {
    c(TRIVIAL);
    trivialCase(wasm(TRIVIAL)).writeCalls(folder, TRIVIAL);
  }

  /** The case {@link #JSON}. */
  public void json() throws IOException, InterruptedException, MissingToolException {
    c(JSON);
    jsonCase(wasm(JSON)).writeCalls(folder, JSON);
  }

  /** The case {@link #RUST}. */
  public void rust() throws IOException, InterruptedException, MissingToolException {
    tools.run(
        List.of(
            tools.command(Tool.RUSTC),
            "--target",
            "wasm32-wasi",
            "--edition",
            "2021",
            "-O",
            "-C",
            "strip=symbols",
            "-o",
            module(RUST).toString(),
            sources.resolve("calls/json.rs").toString()));
    rustCase(wasm(RUST)).writeCalls(folder, RUST);
  }

  /** The module {@link #RUNAWAY}, which answers nothing. */
  public void runaway() throws IOException, InterruptedException, MissingToolException {
    c(RUNAWAY);
  }

  /** What the trivial function is given and must answer. */
  public static CallCase trivialCase(byte[] wasm) {
    return CallCase.ofTexts(wasm, List.of("{}"), List.of(TRIVIAL_ANSWER));
  }

  /** What the C function is given and must answer. */
  public static CallCase jsonCase(byte[] wasm) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String document : Documents.all()) {
      answers.add(DocumentFacts.of(document).functionAnswer());
    }
    return CallCase.ofTexts(wasm, Documents.all(), answers);
  }

  /** What the Rust command is given and must answer. */
  public static CallCase rustCase(byte[] wasm) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String document : Documents.all()) {
      answers.add(DocumentFacts.of(document).commandAnswer());
    }
    return CallCase.ofTexts(wasm, Documents.all(), answers);
  }

  private void c(String name) throws IOException, InterruptedException, MissingToolException {
    if (!Files.exists(module(name))) {
      compile(name, List.of(sources.resolve("calls/" + name + ".c").toString()));
    }
  }

  /** Compiles C with the flags of all guests. */
  void compile(String name, List<String> more)
      throws IOException, InterruptedException, MissingToolException {
    List<String> command = new ArrayList<>(List.of(tools.command(Tool.CLANG)));
    command.addAll(C_FLAGS);
    command.addAll(List.of("-o", module(name).toString()));
    command.addAll(more);
    tools.run(command);
  }

  private byte[] wasm(String name) throws IOException {
    return Files.readAllBytes(module(name));
  }

  private Path module(String name) {
    return folder.resolve(name + ".wasm");
  }
}
