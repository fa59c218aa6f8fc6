package dev.funless.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A node's log, as far as one line of it can say what went wrong. */
record NodeLog(Path file) {

  private static final int TAIL_BYTES = 64 * 1024;
  private static final int MOST_CHARACTERS = 300;

  private static final Pattern STACK = Pattern.compile("\\s+(at |\\.\\.\\. \\d).*");
  private static final Pattern FAILURE =
      Pattern.compile(".*(ERROR|FATAL|Error|Exception|did not start).*");

  /** What the JVM says after it has said what is wrong. */
  private static final Pattern JVM_EPILOGUE =
      Pattern.compile("Error: (Could not create the Java Virtual|A fatal exception has).*");

  boolean contains(String text) {
    return tail().stream().anyMatch(line -> line.contains(text));
  }

  /** The last line that speaks of a failure, or the last line; frames of a stack are none. */
  Optional<String> lastWords() {
    List<String> lines =
        tail().stream()
            .filter(line -> !line.isBlank())
            .filter(line -> !STACK.matcher(line).matches())
            .filter(line -> !JVM_EPILOGUE.matcher(line).matches())
            .map(String::strip)
            .toList();
    return lines.reversed().stream()
        .filter(line -> FAILURE.matcher(line).matches())
        .findFirst()
        .or(() -> lines.reversed().stream().findFirst())
        .map(line -> line.length() <= MOST_CHARACTERS ? line : cut(line));
  }

  private static String cut(String line) {
    return line.substring(0, MOST_CHARACTERS) + "…";
  }

  private List<String> tail() {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(Math.max(0, bytes.length() - TAIL_BYTES));
      byte[] tail = new byte[(int) Math.min(TAIL_BYTES, bytes.length() - bytes.getFilePointer())];
      bytes.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException missing) {
      return List.of();
    }
  }
}
