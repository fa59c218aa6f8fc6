package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Workers;
import dev.funless.core.schedule.app.Yaml.Items;
import dev.funless.core.schedule.app.Yaml.Keys;
import dev.funless.core.schedule.app.Yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code workers}: the star, names, or sets. */
final class WorkersReader {

  private static final String STAR = "*";
  private static final Set<String> ITEM_KEYS = Set.of("wrk", "set", "strategy", "invalidate");

  private final Place place;
  private final List<NamedItem> names = new ArrayList<>();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final List<SetItem> sets = new ArrayList<>();

  private WorkersReader(Place place) {
    this.place = place;
  }

  static Workers read(Yaml node, Place place) throws InvalidScriptException {
    if (node instanceof Text text && text.value().equals(STAR)) {
      return new Workers.All();
    }
    if (!(node instanceof Items list) || list.items().isEmpty()) {
      throw place.wrong(
          node.line(),
          "'workers' must be \"*\" or a list of workers" + Shown.insteadOf(node) + ".");
    }
    return new WorkersReader(place).all(list.items());
  }

  private Workers all(List<Yaml> items) throws InvalidScriptException {
    for (Yaml item : items) {
      one(item);
      if (!names.isEmpty() && !sets.isEmpty()) {
        throw place.wrong(item.line(), "sets and names of workers do not mix in a block.");
      }
    }
    return sets.isEmpty() ? new Workers.Named(names, places) : new Workers.Sets(sets);
  }

  private void one(Yaml item) throws InvalidScriptException {
    switch (item) {
      case Text _ -> named(item, item.line(), Optional.empty());
      case Keys map -> fromMap(map);
      case Items _ ->
          throw place.wrong(
              item.line(),
              "an item of 'workers' must be a name, 'wrk' or 'set'" + Shown.insteadOf(item) + ".");
    }
  }

  private void fromMap(Keys map) throws InvalidScriptException {
    Map<String, Field> fields = Field.known(map, ITEM_KEYS, place);
    Field worker = fields.get("wrk");
    Field label = fields.get("set");
    if ((worker == null) == (label == null)) {
      throw place.wrong(map.line(), "an item of 'workers' must have one of 'wrk' and 'set'.");
    }
    if (label != null) {
      set(label.value(), map.line(), fields);
      return;
    }
    Field strategy = fields.get("strategy");
    if (strategy != null) {
      throw place.wrong(strategy.line(), "there is no key 'strategy' beside 'wrk'.");
    }
    named(worker.value(), map.line(), InvalidateReader.read(fields, place));
  }

  private void named(Yaml node, int line, Optional<AppScript.Invalidate> invalidate)
      throws InvalidScriptException {
    String name = place.name(node, "the worker's name");
    if (name.equals(STAR)) {
      throw place.wrong(
          node.line(), "\"*\" is no worker's name; for all workers it stands without a list.");
    }
    if (places.putIfAbsent(name, names.size()) != null) {
      throw place.wrong(node.line(), "the worker " + Shown.quoted(name) + " is listed twice.");
    }
    names.add(new NamedItem(name, line, invalidate));
  }

  private void set(Yaml label, int line, Map<String, Field> fields) throws InvalidScriptException {
    if (label instanceof Text text && text.value().equals(STAR)) {
      throw place.wrong(label.line(), "\"*\" is no label; a set without a label is all workers.");
    }
    sets.add(
        new SetItem(
            isEmpty(label) ? "" : place.name(label, "the set's label"),
            line,
            Choice.STRATEGY.read(fields, place).orElse(Strategy.PLATFORM),
            InvalidateReader.read(fields, place)));
  }

  private static boolean isEmpty(Yaml label) {
    return label instanceof Text text && (text.isNull() || text.value().isBlank());
  }
}
