package dev.funless.core.event.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules for topic filters (MQTT 3.1.1, section 4.7). */
final class TopicFilter {

  private static final int MAX_BYTES = 65_535;

  private TopicFilter() {}

  static boolean isValid(String filter) {
    if (filter.isEmpty()
        || filter.indexOf('\0') >= 0
        || filter.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return false;
    }
    List<String> levels = List.of(filter.split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      boolean isWildcard = level.equals("+") || (level.equals("#") && i == levels.size() - 1);
      if (!isWildcard && (level.contains("+") || level.contains("#"))) {
        return false;
      }
    }
    return true;
  }
}
