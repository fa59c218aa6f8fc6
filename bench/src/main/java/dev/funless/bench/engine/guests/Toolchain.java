package dev.funless.bench.engine.guests;

import dev.funless.bench.Child;
import dev.funless.bench.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The compilers and the other engine, as far as this machine has them: each is tried once, when it
 * is first asked for, by what it is to do here. For one thread.
 */
public final class Toolchain {

  /** A program that is looked for. */
  public enum Tool {
    GCC("gcc", "no gcc that compiles C"),
    CLANG("clang", "no clang with lld and wasi-libc for the target wasm32-wasi"),
    NODE("node", "no node"),
    /* Debian's: one of rustup often comes first in the PATH, without the target. */
    RUSTC("/usr/bin/rustc", "no rustc with the target wasm32-wasi");

    private final String preferred;
    private final String missing;

    Tool(String preferred, String missing) {
      this.preferred = preferred;
      this.missing = missing;
    }

    /** Its name, such as gcc. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration ALLOWED = Duration.ofMinutes(5);
  private static final String NOT_THERE = "";

  private final Children children;
  private final Map<Tool, String> found = new EnumMap<>(Tool.class);
  private int runs;

  public Toolchain(Children children) {
    this.children = children;
  }

  /** The command of a tool that works. */
  public String command(Tool tool) throws MissingToolException, InterruptedException {
    String command = found.get(tool);
    if (command == null) {
      command = find(tool);
      found.put(tool, command);
    }
    if (command.equals(NOT_THERE)) {
      throw new MissingToolException(tool.missing);
    }
    return command;
  }

  public boolean has(Tool tool) throws InterruptedException {
    try {
      return !command(tool).isEmpty();
    } catch (MissingToolException e) {
      return false;
    }
  }

  /** The first line of what it says of its version. */
  public String version(Tool tool) throws IOException, InterruptedException {
    try {
      return run(List.of(command(tool), "--version")).lines().findFirst().orElse("unknown");
    } catch (MissingToolException e) {
      return e.getMessage();
    }
  }

  /** Starts a compiler. */
  Child start(List<String> command) throws IOException {
    runs++;
    return children.start("tool-" + runs, command, children.folder());
  }

  /** Runs a compiler, or what it made, to its end. */
  String run(List<String> command) throws IOException, InterruptedException {
    return start(command).awaitEnd(ALLOWED);
  }

  private String find(Tool tool) throws InterruptedException {
    for (String command : List.of(tool.preferred, tool.word())) {
      try {
        run(trial(tool, command));
        return command;
      } catch (IOException e) {
        // Not there, or without what is needed: the next one may do.
      }
    }
    return NOT_THERE;
  }

  private List<String> trial(Tool tool, String command) throws IOException {
    Path folder = children.folder();
    String output = folder.resolve("trial").toString();
    return switch (tool) {
      case GCC -> List.of(command, "-O2", "-o", output, c(folder));
      case CLANG -> List.of(command, "--target=wasm32-wasi", "-O2", "-o", output, c(folder));
      case NODE -> List.of(command, "-e", "new WebAssembly.Memory({initial: 1})");
      case RUSTC -> {
        Path source = Files.writeString(folder.resolve("trial.rs"), "fn main() {}\n");
        yield List.of(command, "--target", "wasm32-wasi", "-O", "-o", output, source.toString());
      }
    };
  }

  private static String c(Path folder) throws IOException {
    return Files.writeString(
            folder.resolve("trial.c"),
            """
            #include <string.h>
            int main(int count, char **words) { return count + (int)strlen(words[0]) < 0; }
            """)
        .toString();
  }
}
