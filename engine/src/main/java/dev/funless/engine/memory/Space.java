package dev.funless.engine.memory;

/**
 * An array that a memory is, was or will be, and marks of which of its blocks were written. What is
 * in unmarked blocks is as at the start of a call.
 */
final class Space {

  static final int BLOCK_SHIFT = 10;
  static final int BLOCK_BYTES = 1 << BLOCK_SHIFT;

  /** The widest write is of eight bytes, so it reaches at most so far beyond its block. */
  private static final int BEYOND_BYTES = Long.BYTES - 1;

  final byte[] data;
  final int[] marks;

  /** In the present call. */
  boolean used;

  Space(int bytes) {
    data = new byte[bytes];
    marks = new int[bytes >>> BLOCK_SHIFT];
  }

  /** Copies what was written into another space, which is larger, and marks it there. */
  void copyMarked(Space larger) {
    for (int block = Marks.next(marks, 0); block >= 0; block = Marks.next(marks, block + 1)) {
      int from = block << BLOCK_SHIFT;
      int to = Math.min(from + BLOCK_BYTES + BEYOND_BYTES, data.length);
      System.arraycopy(data, from, larger.data, from, to - from);
      larger.marks[block] = 1;
    }
  }

  /** Restores what the present call wrote, if it used this space. */
  void restore(MemoryImage image) {
    if (!used) {
      return;
    }
    for (int block = Marks.next(marks, 0); block >= 0; block = Marks.next(marks, block + 1)) {
      image.restore(data, block << BLOCK_SHIFT, BLOCK_BYTES);
      marks[block] = 0;
      boolean nextIsMarked = block + 1 < marks.length && marks[block + 1] != 0;
      if (!nextIsMarked && block + 1 < marks.length) {
        image.restore(data, (block + 1) << BLOCK_SHIFT, BEYOND_BYTES);
      }
    }
    used = false;
  }
}
