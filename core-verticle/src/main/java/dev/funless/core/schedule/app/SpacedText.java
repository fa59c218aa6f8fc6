package dev.funless.core.schedule.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A script's text in code points, for a library that takes {@code !heavy} in {@code [cache,
 * !heavy]} only with a space behind it, which YAML does not ask for. Spaces are put in where the
 * library stumbles, and not counted in columns. Not thread-safe.
 *
 * <p>Each space means that the text before it is read once more, so that is bounded, to some 0.2 s
 * for the worst of texts: 16 spaces at the end of the longest, 128 at its start, hundreds in a
 * short one.
 */
final class SpacedText {

  /** In code points; a copy of the text counts as an eighth of it. */
  private static final int MAX_READ_AGAIN = 1024 * 1024;

  private final List<Integer> spaces = new ArrayList<>();
  private int[] points;
  private long readAgain;

  SpacedText(String text) {
    points = text.codePoints().toArray();
  }

  String value() {
    return new String(points, 0, points.length);
  }

  /** Whether the text holds {@code part} at {@code index}. */
  boolean has(String part, int index) {
    int[] expected = part.codePoints().toArray();
    return index + expected.length <= points.length
        && Arrays.equals(points, index, index + expected.length, expected, 0, expected.length);
  }

  /** Puts in a space where one would mend {@code e}; false where none would. */
  boolean mends(YamlSyntaxException e) {
    int index = e.index();
    readAgain += Math.max(index, points.length / 8);
    if (!e.isInTag()
        || readAgain > MAX_READ_AGAIN
        || index >= points.length
        || !endsItem(points[index])) {
      return false;
    }
    int[] longer = Arrays.copyOf(points, points.length + 1);
    System.arraycopy(points, index, longer, index + 1, points.length - index);
    longer[index] = ' ';
    points = longer;
    spaces.add(index);
    return true;
  }

  private static boolean endsItem(int character) {
    return character == ',' || character == ']' || character == '}';
  }

  /** How many spaces were put in before {@code e} in its line. */
  int spacesBefore(YamlSyntaxException e) {
    return (int) spaces.stream().filter(s -> s < e.index() && s >= e.index() - e.column()).count();
  }
}
