package dev.funless.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What the person who started the platform sees. A reader that has gone away is no failure: what
 * would be written is dropped, and the platform goes on. Thread-safe.
 *
 * @param out for answers only
 * @param err for all else
 */
record Console(PrintStream out, PrintStream err) {

  /** The process's own streams, in UTF-8 whatever the locale, as JSON is. */
  static Console ofProcess() {
    return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err));
  }

  /** A line about what happens. */
  void say(String line) {
    err.println(line);
    err.flush();
  }

  /** A line that was asked for. */
  void answer(String line) {
    out.println(line);
    out.flush();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
