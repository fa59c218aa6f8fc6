package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.Yaml.Entry;
import dev.funless.core.schedule.app.Yaml.Keys;
import dev.funless.core.schedule.app.Yaml.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a key of a map holds.
 *
 * @param line the key's
 */
record Field(int line, Yaml value) {

  /** By key, where no other keys than {@code keys} may be. */
  static Map<String, Field> known(Keys map, Set<String> keys, Place place)
      throws InvalidScriptException {
    Map<String, Field> fields = all(map, place);
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      if (!keys.contains(field.getKey())) {
        throw place.wrong(
            field.getValue().line(), "there is no key " + Shown.quoted(field.getKey()) + ".");
      }
    }
    return fields;
  }

  /** By key, in the order of the text. */
  static Map<String, Field> all(Keys map, Place place) throws InvalidScriptException {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Entry entry : map.entries()) {
      Text key = key(entry, place);
      if (fields.putIfAbsent(key.value(), new Field(key.line(), entry.value())) != null) {
        throw place.wrong(key.line(), "the key " + Shown.quoted(key.value()) + " is given twice.");
      }
    }
    return fields;
  }

  static Text key(Entry entry, Place place) throws InvalidScriptException {
    if (entry.key() instanceof Text key) {
      return key;
    }
    throw place.wrong(
        entry.key().line(), "a key must be a text" + Shown.insteadOf(entry.key()) + ".");
  }
}
