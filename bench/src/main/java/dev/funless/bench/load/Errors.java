package dev.funless.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what went wrong by its text; texts beyond the first sixteen share one count. */
final class Errors {

  private static final int MAX_TEXTS = 16;
  private static final String OTHERS = "others";

  private final Map<String, Long> counts = new LinkedHashMap<>();

  void add(String text) {
    boolean known = counts.containsKey(text) || counts.size() < MAX_TEXTS;
    counts.merge(known ? text : OTHERS, 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return counts;
  }
}
