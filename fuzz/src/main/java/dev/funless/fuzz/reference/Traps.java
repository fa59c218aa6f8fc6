package dev.funless.fuzz.reference;

import java.util.List;
import java.util.Locale;

/** The kinds of traps, from the sentences that engines have for them. */
public final class Traps {

  private static final List<String> KINDS =
      List.of(
          "out of bounds memory access",
          "out of bounds table access",
          "integer divide by zero",
          "integer overflow",
          "invalid conversion to integer",
          "unreachable",
          "indirect call type mismatch",
          "undefined element",
          "uninitialized element",
          "call stack exhausted");

  private Traps() {}

  /** A kind that is known, or the sentence itself. */
  public static String kind(String sentence) {
    String lower = String.valueOf(sentence).toLowerCase(Locale.ROOT);
    return KINDS.stream().filter(lower::contains).findFirst().orElse(lower);
  }
}
