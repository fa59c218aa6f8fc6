package dev.funless.core.workers;

import java.util.HashMap;
import java.util.Map;

/**
 * One object for equal texts of workers' messages: hashes, tags, URLs. A decision looks the same
 * text up in every worker; a copy in each would be read from memory, where one stays in the
 * processor's cache. Confined to the scheduler's event loop.
 */
final class SharedTexts {

  /** All are forgotten where there are more, so that those go that nobody uses any longer. */
  private static final int MAX_TEXTS = 50_000;

  private final Map<String, String> texts = new HashMap<>();

  /** The text, or an equal one that was given before. */
  String shared(String text) {
    if (texts.size() >= MAX_TEXTS) {
      texts.clear();
    }
    String earlier = texts.putIfAbsent(text, text);
    return earlier == null ? text : earlier;
  }
}
