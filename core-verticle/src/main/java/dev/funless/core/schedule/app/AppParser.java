package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.Yaml.Entry;
import dev.funless.core.schedule.app.Yaml.Items;
import dev.funless.core.schedule.app.Yaml.Keys;
import dev.funless.core.schedule.app.Yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads configuration scripts. Thread-safe.
 *
 * <p>A script is YAML: a list of tags, each with a list of blocks, where {@code followup} and the
 * tag's {@code strategy} stand beside the tag.
 *
 * <pre>{@code
 * - image_work:
 *     - workers: [gpu1, gpu2]
 *       strategy: best-first            # | random | platform | min_latency
 *       invalidate:
 *         capacity_used: 80%
 *         max_concurrent_invocations: 4
 *       affinity: [cache, "!heavy"]
 *     - controller: core1
 *       topology_tolerance: same        # | all | none
 *       workers:
 *         - set: gpu
 *           strategy: random
 *           invalidate: overload
 *   followup: default                   # | fail
 * - default:
 *     - workers: "*"
 * }</pre>
 *
 * <p>A text has at most 64 KiB, is nested at most 16 deep, and holds one document without anchors
 * and aliases.
 */
public final class AppParser {

  private static final int MAX_TAG_LENGTH = 160;
  private static final Set<String> BESIDE_A_TAG = Set.of("followup", "strategy");

  private AppParser() {}

  /**
   * @throws InvalidScriptException that names line, tag and block of the first thing that is wrong;
   *     {@link InvalidScriptException#isYaml()} is false only where the text breaks the rules of
   *     YAML itself
   */
  public static AppScript parse(String text) throws InvalidScriptException {
    Yaml root = YamlReader.read(text);
    if (!(root instanceof Items list) || list.items().isEmpty()) {
      throw Place.SCRIPT.wrong(
          root.line(), "a script must be a list of tags" + Shown.insteadOf(root) + ".");
    }
    Map<String, Tag> tags = new LinkedHashMap<>();
    for (Yaml item : list.items()) {
      Tag tag = tag(item);
      Tag earlier = tags.putIfAbsent(tag.name(), tag);
      if (earlier != null) {
        throw Place.SCRIPT
            .tag(tag.name())
            .wrong(tag.line(), "the tag is already in line " + earlier.line() + ".");
      }
    }
    return new AppScript(tags);
  }

  private static Tag tag(Yaml item) throws InvalidScriptException {
    if (!(item instanceof Keys map) || map.entries().isEmpty()) {
      throw Place.SCRIPT.wrong(
          item.line(), "an item must be a tag with its blocks" + Shown.insteadOf(item) + ".");
    }
    String name = tagName(map);
    Place place = Place.SCRIPT.tag(name);
    Map<String, Field> fields = Field.all(map, place);
    rejectOthers(name, fields, place);
    Field blocks = fields.get(name);
    return new Tag(
        name,
        blocks.line(),
        blocks(blocks.value(), place),
        Choice.TAG_STRATEGY.read(fields, place).orElse(Strategy.BEST_FIRST),
        Choice.FOLLOWUP.read(fields, place).orElse(Followup.FAIL));
  }

  private static String tagName(Keys item) throws InvalidScriptException {
    for (Entry entry : item.entries()) {
      Text key = Field.key(entry, Place.SCRIPT);
      if (BESIDE_A_TAG.contains(key.value())) {
        continue;
      }
      String name = Place.SCRIPT.name(key, "the tag's name");
      if (name.length() > MAX_TAG_LENGTH) {
        throw Place.SCRIPT.wrong(
            key.line(), "the tag's name " + Shown.quoted(name) + " has more than 160 characters.");
      }
      return name;
    }
    throw Place.SCRIPT.wrong(
        item.line(), "an item must have a tag beside 'followup' and 'strategy'.");
  }

  private static void rejectOthers(String name, Map<String, Field> fields, Place place)
      throws InvalidScriptException {
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      String key = field.getKey();
      if (!key.equals(name) && !BESIDE_A_TAG.contains(key)) {
        throw place.wrong(
            field.getValue().line(),
            "there is no key "
                + Shown.quoted(key)
                + " beside a tag, only 'followup' and 'strategy'.");
      }
    }
  }

  private static List<Block> blocks(Yaml value, Place place) throws InvalidScriptException {
    if (!(value instanceof Items list) || list.items().isEmpty()) {
      throw place.wrong(
          value.line(), "a tag must have a list of blocks" + Shown.insteadOf(value) + ".");
    }
    List<Block> blocks = new ArrayList<>();
    for (Yaml item : list.items()) {
      int number = blocks.size() + 1;
      blocks.add(BlockReader.read(item, number, place.block(number)));
    }
    return blocks;
  }
}
