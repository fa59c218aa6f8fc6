package dev.funless.core.workers;

import java.util.Arrays;

/**
 * Numbers by text. As a HashMap of texts to boxed numbers, but in two arrays: a decision looks the
 * same text up in a thousand workers, of whom the processor's cache has little, so that what counts
 * is how many objects are read. Here that is one of each array, as the text itself is mostly the
 * same object for all workers ({@link SharedTexts}).
 *
 * <p>Idea: open addressing with linear probing, at most half full. A text without a number keeps
 * its place until the arrays grow, when only those with a number go along. Known caveat: with many
 * texts of the same hash code a look-up goes through all of them.
 *
 * <p>Confined to the thread of its owner.
 */
final class Amounts {

  private static final int LEAST_LENGTH = 8;

  private final double absent;

  /** Null where a place is free. As many as {@link #amounts}: a power of two. */
  private String[] texts;

  private double[] amounts;
  private int used;

  /**
   * @param absent stands for no number
   */
  Amounts(double absent) {
    this.absent = absent;
    allocate(LEAST_LENGTH);
  }

  private void allocate(int length) {
    texts = new String[length];
    amounts = new double[length];
    Arrays.fill(amounts, absent);
    used = 0;
  }

  /** The text's number, or the one that stands for none. */
  double get(String text) {
    return amounts[place(text)];
  }

  void put(String text, double amount) {
    int place = place(text);
    if (texts[place] == null) {
      if (2 * (used + 1) > texts.length) {
        grow();
        place = place(text);
      }
      texts[place] = text;
      used++;
    }
    amounts[place] = amount;
  }

  /** Where no number counts as 0. */
  void add(String text, double change) {
    put(text, get(text) + change);
  }

  void clear() {
    Arrays.fill(texts, null);
    Arrays.fill(amounts, absent);
    used = 0;
  }

  /** How many texts have a number. */
  int size() {
    int size = 0;
    for (double amount : amounts) {
      size += amount == absent ? 0 : 1;
    }
    return size;
  }

  private void grow() {
    String[] oldTexts = texts;
    double[] oldAmounts = amounts;
    allocate(Math.max(LEAST_LENGTH, Integer.highestOneBit(6 * size() + 6)));
    for (int i = 0; i < oldTexts.length; i++) {
      if (oldAmounts[i] != absent) {
        put(oldTexts[i], oldAmounts[i]);
      }
    }
  }

  /** Where the text is, or where it would be put. */
  private int place(String text) {
    String[] texts = this.texts;
    int last = texts.length - 1;
    // Texts that differ in a digit have neighbouring hash codes, which are to be far from each
    // other.
    int hash = text.hashCode() * 0x9e3779b9;
    int place = (hash ^ hash >>> 16) & last;
    while (true) {
      String there = texts[place];
      if (there == null || there.equals(text)) {
        return place;
      }
      place = place + 1 & last;
    }
  }
}
