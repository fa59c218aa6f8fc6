package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.Yaml.Entry;
import dev.funless.core.schedule.app.Yaml.Items;
import dev.funless.core.schedule.app.Yaml.Keys;
import dev.funless.core.schedule.app.Yaml.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes a tree of a text that may hold anything. Its recursion is as deep as the nesting that
 * {@link YamlEvents} lets through.
 */
final class YamlReader {

  private static final int MAX_BYTES = 64 * 1024;

  private final SpacedText text;
  private final YamlEvents events;

  private YamlReader(SpacedText text) {
    this.text = text;
    this.events = new YamlEvents(text.value());
  }

  static Yaml read(String script) throws InvalidScriptException {
    if (script.length() > MAX_BYTES || script.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw Place.SCRIPT.wrong(1, "the script has more than 64 KiB.");
    }
    rejectForbiddenCharacters(script);
    SpacedText text = new SpacedText(script);
    while (true) {
      try {
        return new YamlReader(text).document();
      } catch (YamlSyntaxException e) {
        if (!text.mends(e)) {
          throw e.withoutSpaces(text.spacesBefore(e));
        }
      }
    }
  }

  private static void rejectForbiddenCharacters(String script) throws InvalidScriptException {
    int line = 1;
    int column = 1;
    int previous = 0;
    for (int character : script.codePoints().toArray()) {
      if (!StreamReader.isPrintable(character)) {
        throw YamlSyntaxException.invalid(
            line, column, String.format("the character U+%04X is not allowed", character));
      }
      boolean endsLine = character == '\r' || (character == '\n' && previous != '\r');
      line += endsLine ? 1 : 0;
      column = endsLine || character == '\n' ? 1 : column + 1;
      previous = character;
    }
  }

  private Yaml document() throws InvalidScriptException, YamlSyntaxException {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      throw Place.SCRIPT.wrong(1, "the script is empty.");
    }
    Yaml root = node(events.next());
    events.next();
    events.next();
    return root;
  }

  private Yaml node(Event event) throws InvalidScriptException, YamlSyntaxException {
    int line = YamlEvents.line(event);
    if (event instanceof ScalarEvent scalar) {
      return text(scalar, line);
    }
    if (((CollectionStartEvent) event).getTag().isPresent()) {
      throw explicitType(line);
    }
    return event.getEventId() == Event.ID.SequenceStart ? items(line) : keys(line);
  }

  private Yaml items(int line) throws InvalidScriptException, YamlSyntaxException {
    List<Yaml> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event));
      event = events.next();
    }
    return new Items(line, items);
  }

  private Yaml keys(int line) throws InvalidScriptException, YamlSyntaxException {
    List<Entry> entries = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Yaml key = node(event);
      entries.add(new Entry(key, node(events.next())));
      event = events.next();
    }
    return new Keys(line, entries);
  }

  /**
   * {@code !heavy} without quotes is for YAML nothing, of a type of that name; here it is the text
   * that it looks like.
   */
  private Text text(ScalarEvent scalar, int line) throws InvalidScriptException {
    Optional<String> type = scalar.getTag();
    if (type.isEmpty()) {
      return new Text(line, scalar.getValue(), scalar.isPlain());
    }
    String written = type.orElseThrow();
    if (written.startsWith("!")
        && scalar.isPlain()
        && scalar.getValue().isEmpty()
        && text.has(written, YamlEvents.index(scalar))) {
      return new Text(line, written, true);
    }
    throw explicitType(line);
  }

  private static InvalidScriptException explicitType(int line) {
    return Place.SCRIPT.wrong(
        line, "a script has no YAML types; a text that begins with '!' must be quoted.");
  }
}
