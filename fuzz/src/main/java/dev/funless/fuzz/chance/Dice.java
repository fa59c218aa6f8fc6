package dev.funless.fuzz.chance;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices; the same seed gives the same ones. Not thread-safe. */
public final class Dice {

  private final SplittableRandom random;

  public Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  public long next() {
    return random.nextLong();
  }

  /** From 0 up to, and without, {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  public int between(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  public boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Small numbers, powers of two and their neighbours, and any. */
  public int integer() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(-4, 17);
      case 1 -> (1 << random.nextInt(32)) + random.nextInt(-1, 2);
      case 2 -> random.nextInt(65_536 * 2);
      case 3 -> random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
      default -> random.nextInt();
    };
  }

  /** As {@link #integer}, with twice the bits. */
  public long longInteger() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(-4, 17);
      case 1 -> (1L << random.nextInt(64)) + random.nextInt(-1, 2);
      case 2 -> integer();
      case 3 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
      default -> random.nextLong();
    };
  }

  /** The bits of a number that is no NaN: zeros, infinities, limits of integers, and any. */
  public int floatBits() {
    float number =
        switch (random.nextInt(6)) {
          case 0 -> random.nextBoolean() ? 0f : -0f;
          case 1 -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
          case 2 -> integer();
          case 3 -> Float.intBitsToFloat(random.nextInt());
          case 4 -> longInteger();
          default -> random.nextInt(-1000, 1000) / 8f;
        };
    return Float.floatToIntBits(Float.isNaN(number) ? 1f : number);
  }

  /** As {@link #floatBits}, with twice the bits. */
  public long doubleBits() {
    double number =
        switch (random.nextInt(6)) {
          case 0 -> random.nextBoolean() ? 0.0 : -0.0;
          case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.MIN_VALUE;
          case 2 -> integer();
          case 3 -> Double.longBitsToDouble(random.nextLong());
          case 4 -> longInteger();
          default -> random.nextInt(-1000, 1000) / 8.0;
        };
    return Double.doubleToLongBits(Double.isNaN(number) ? 1 : number);
  }
}
