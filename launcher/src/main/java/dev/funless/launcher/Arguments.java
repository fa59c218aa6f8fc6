package dev.funless.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the command line asks for. */
sealed interface Arguments {

  String USAGE =
      """
      Usage: scripts/up [--once] [--workers N] [--cores N] [--port P] [--data DIR] [--help]
      """
          .strip();

  String HELP =
      USAGE
          + """


          Builds what is missing, starts a database, cores and workers on this machine, deploys the
          function hello into module _ if it is not there, and stays until Ctrl-C or SIGTERM.

            --once       invoke hello, print its JSON on standard output, stop everything
            --workers N  how many workers, 1 to 64; 1 by default
            --cores N    how many cores, on consecutive ports, 1 to 64; 1 by default
            --port P     HTTP port of the first core; 4000 by default
            --data DIR   where all state is kept; .funless in the checkout by default
            --help       print this

          Exit codes: 0 stopped cleanly, 1 failed, 2 wrong usage, 128 + N ended by signal N before
          it was ready.\
          """;

  /** A platform is to be run. */
  record Run(Options options) implements Arguments {}

  /** The help is to be printed. */
  record Help() implements Arguments {}

  /** The command line makes no sense; {@code message} says why in one sentence. */
  record Wrong(String message) implements Arguments {}

  /**
   * Reads a command line; options may be written {@code --port 4000} or {@code --port=4000}.
   *
   * @param callersFolder what a relative data folder is relative to
   */
  static Arguments parse(List<String> words, Path callersFolder, Path defaultData) {
    Deque<String> rest = new ArrayDeque<>(words);
    boolean once = false;
    int workers = 1;
    int cores = 1;
    int port = 4000;
    Path data = defaultData;
    try {
      while (!rest.isEmpty()) {
        String word = rest.pop();
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        if (equals > 0) {
          rest.push(word.substring(equals + 1));
          word = word.substring(0, equals);
        }
        switch (word) {
          case "--help", "-h" -> {
            return new Help();
          }
          case "--once" -> {
            if (equals > 0) {
              throw new IllegalArgumentException("--once takes no value");
            }
            once = true;
          }
          case "--workers" -> workers = number(word, rest, 1, Options.MOST_NODES);
          case "--cores" -> cores = number(word, rest, 1, Options.MOST_NODES);
          case "--port" -> port = number(word, rest, 1, Options.LAST_PORT);
          case "--data" -> data = folder(word, rest, callersFolder);
          default -> throw new IllegalArgumentException("unknown option " + word);
        }
      }
      return new Run(new Options(once, workers, cores, port, data));
    } catch (IllegalArgumentException wrong) {
      return new Wrong(wrong.getMessage());
    }
  }

  private static int number(String option, Deque<String> rest, int least, int most) {
    String word = value(option, rest);
    String message = option + " takes a number from " + least + " to " + most + ", not " + word;
    if (!word.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(message);
    }
    int number = Integer.parseInt(word);
    if (number < least || number > most) {
      throw new IllegalArgumentException(message);
    }
    return number;
  }

  private static Path folder(String option, Deque<String> rest, Path callersFolder) {
    String word = value(option, rest);
    try {
      return callersFolder.resolve(word).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException(option + " takes a folder, not " + word, invalid);
    }
  }

  private static String value(String option, Deque<String> rest) {
    String value = rest.poll();
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }
}
