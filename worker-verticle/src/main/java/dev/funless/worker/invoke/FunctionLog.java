package dev.funless.worker.invoke;

import dev.funless.shared.function.FunctionId;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what functions print in the worker's own log: one line a call, which the invocation's id
 * finds. Thread-safe.
 *
 * <p>The text is a guest's, so it must neither begin a line of its own nor drive a terminal: line
 * ends, control characters and invisible ones become escapes, and a backslash two. For example
 * {@code a⏎b\c} is written as {@code a\nb\\c}.
 */
final class FunctionLog {

  private static final Logger log = LoggerFactory.getLogger("function");

  private static final HexFormat HEX = HexFormat.of();

  /** Writes nothing where the function printed nothing that can be seen. */
  void keep(FunctionId function, String invocationId, String printed) {
    if (!printed.isBlank()) {
      log.info("{} {}: {}", function, invocationId, oneLine(printed.stripTrailing()));
    }
  }

  static String oneLine(String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 64).append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      append(line, text.charAt(i));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, char c) {
    switch (c) {
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isPlain(c)) {
          line.append(c);
        } else {
          line.append("\\u").append(HEX.toHexDigits(c));
        }
      }
    }
  }

  /** Formats are the characters that turn the direction of writing, and others that hide. */
  private static boolean isPlain(char c) {
    if (c < 0x7F) {
      return c >= ' ' && c != '\\';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
