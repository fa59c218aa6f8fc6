package dev.funless.engine.memory;

import java.util.Arrays;

/** Finding the few marks among many that are not set, as fast as the processor compares memory. */
final class Marks {

  private static final int[] NONE = new int[4096];

  private Marks() {}

  /** The first mark that is set, at {@code from} or behind it; -1 where there is none. */
  static int next(int[] marks, int from) {
    for (int at = from; at < marks.length; at += NONE.length) {
      int to = Math.min(at + NONE.length, marks.length);
      int found = Arrays.mismatch(marks, at, to, NONE, 0, to - at);
      if (found >= 0) {
        return at + found;
      }
    }
    return -1;
  }
}
