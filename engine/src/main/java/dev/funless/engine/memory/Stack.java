package dev.funless.engine.memory;

/**
 * Makes a guest that recursed to the end of its stack fail before the engine's books are touched,
 * not in the middle of it: a {@link StackOverflowError} between two statements would leave a place
 * or a reservation taken for ever, and one in the first use of a part of the JDK that part broken.
 * Host functions that only move bytes between a call and its memory do without: the call ends, and
 * what it left half done goes with it.
 */
public final class Stack {

  private static final int FRAMES = 64;

  private Stack() {}

  /**
   * Returns when there is room for some kilobytes of further frames.
   *
   * @throws StackOverflowError where there is not
   */
  public static void need() {
    if (descend(FRAMES, 1, 2, 3, 4, 5, 6, 7) == 0) {
      throw new IllegalStateException();
    }
  }

  /** The parameters make the frame large; the sum keeps the compiler from dropping them. */
  private static long descend(int frames, long a, long b, long c, long d, long e, long f, long g) {
    if (frames == 0) {
      return a + b + c + d + e + f + g;
    }
    return 1 + descend(frames - 1, b, c, d, e, f, g, a);
  }
}
