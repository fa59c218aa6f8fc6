package dev.funless.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the command line says.
 *
 * @param once the seed of the one module to try, where only one is to be tried
 * @param without the parts to leave out of that one
 * @param corpus folders of modules to start from
 * @param v8 whether to compare with V8 too
 */
record Options(
    String target,
    Duration duration,
    long executions,
    long seed,
    OptionalLong once,
    BitSet without,
    List<Path> corpus,
    Path findings,
    boolean v8) {

  static final String USAGE =
      """
      scripts/fuzz TARGET [options]

        mutated     damaged modules: refused, or every call ends
        host        calls of the host with random pointers, lengths and orders
        generated   valid modules: the same as in the library's interpreter, and in V8
        isolation   valid modules, called again and again: the same as in a new engine

        --seconds N       for how long; 60 where not given
        --executions N    how many modules at most
        --seed S          the same seed tries the same modules; random where not given
        --case S          try one module again, as a report says
        --without 1,3-9   with these parts of it left out
        --corpus DIR      modules to start from, beside those of the examples and the tests
        --findings DIR    where findings are kept; fuzz/target/findings where not given
        --v8              compare with node's V8 too (generated), or ask it whether a module is valid (mutated)

      Exit code 1 where anything was found, 2 where the command line is wrong.
      """;

  /** A wrong command line, with a sentence for its author. */
  static final class Wrong extends Exception {
    Wrong(String message) {
      super(message);
    }
  }

  static Options of(String[] args, List<Path> corpus, Path findings, long randomSeed) throws Wrong {
    if (args.length == 0 || args[0].startsWith("-")) {
      throw new Wrong("The first argument says what to try.");
    }
    var duration = Duration.ofSeconds(60);
    long executions = Long.MAX_VALUE;
    long seed = randomSeed;
    var once = OptionalLong.empty();
    var without = new BitSet();
    var folders = new ArrayList<>(corpus);
    Path kept = findings;
    boolean v8 = false;
    for (int i = 1; i < args.length; i++) {
      String name = args[i];
      if (name.equals("--v8")) {
        v8 = true;
        continue;
      }
      if (++i == args.length) {
        throw new Wrong(name + " needs a value.");
      }
      String value = args[i];
      switch (name) {
        case "--seconds" -> duration = Duration.ofSeconds(number(name, value));
        case "--executions" -> executions = number(name, value);
        case "--seed" -> seed = number(name, value);
        case "--case" -> once = OptionalLong.of(number(name, value));
        case "--without" -> without.or(parts(value));
        case "--corpus" -> folders.add(Path.of(value));
        case "--findings" -> kept = Path.of(value);
        default -> throw new Wrong("There is no option " + name + ".");
      }
    }
    return new Options(args[0], duration, executions, seed, once, without, folders, kept, v8);
  }

  private static BitSet parts(String value) throws Wrong {
    try {
      return Parts.of(value);
    } catch (NumberFormatException e) {
      throw new Wrong("--without takes numbers such as 1,3-9, not " + value + ".");
    }
  }

  private static long number(String name, String value) throws Wrong {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new Wrong(name + " takes a number, not " + value + ".");
    }
  }
}
