package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.AppScript.Affinity;
import dev.funless.core.schedule.app.Yaml.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code affinity}: tags, of which those after a {@code !} are negated. */
final class AffinityReader {

  private AffinityReader() {}

  static Affinity read(Field field, Place place) throws InvalidScriptException {
    if (!(field.value() instanceof Items list) || list.items().isEmpty()) {
      throw place.wrong(
          field.value().line(),
          "'affinity' must be a list of tags" + Shown.insteadOf(field.value()) + ".");
    }
    Map<String, Boolean> negated = new LinkedHashMap<>();
    for (Yaml item : list.items()) {
      String text = place.name(item, "a tag of 'affinity'");
      boolean isNegated = text.startsWith("!");
      String tag = isNegated ? negatedTag(text, item, place) : text;
      Boolean earlier = negated.putIfAbsent(tag, isNegated);
      if (earlier != null) {
        String twice = earlier == isNegated ? " is listed twice." : " is both wanted and negated.";
        throw place.wrong(item.line(), "the tag " + Shown.quoted(tag) + " of 'affinity'" + twice);
      }
    }
    return new Affinity(field.line(), tags(negated, false), tags(negated, true));
  }

  private static String negatedTag(String text, Yaml item, Place place)
      throws InvalidScriptException {
    String tag = text.substring(1);
    if (tag.isBlank()) {
      throw place.wrong(item.line(), "a tag of 'affinity' is empty.");
    }
    if (tag.startsWith("!") || Character.isWhitespace(tag.charAt(0))) {
      throw place.wrong(
          item.line(),
          "a tag of 'affinity' must follow its one '!' at once, not " + Shown.quoted(text) + ".");
    }
    return tag;
  }

  private static List<String> tags(Map<String, Boolean> negated, boolean wanted) {
    List<String> tags = new ArrayList<>();
    negated.forEach(
        (tag, isNegated) -> {
          if (isNegated == wanted) {
            tags.add(tag);
          }
        });
    return tags;
  }
}
