package dev.funless.fuzz;

import java.util.BitSet;
import java.util.stream.Collectors;

/** Numbers of parts as text: {@code 1,3-9}. */
final class Parts {

  private Parts() {}

  static String text(BitSet parts) {
    return parts.stream()
        .filter(at -> at == 0 || !parts.get(at - 1))
        .mapToObj(
            from -> {
              int last = parts.nextClearBit(from) - 1;
              return from == last ? String.valueOf(from) : from + "-" + last;
            })
        .collect(Collectors.joining(","));
  }

  /**
   * @throws NumberFormatException where it is no such text
   */
  static BitSet of(String text) {
    var parts = new BitSet();
    for (String range : text.split(",", -1)) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      parts.set(from, 1 + (dash < 0 ? from : Integer.parseInt(range.substring(dash + 1))));
    }
    return parts;
  }
}
