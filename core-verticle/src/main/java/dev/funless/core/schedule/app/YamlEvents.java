package dev.funless.core.schedule.app;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * The events of a YAML text, one by one, until one is beyond what a script may hold: nesting deeper
 * than 16, anchors, aliases, a second document. The text is read no further than that.
 */
final class YamlEvents {

  private static final int MAX_DEPTH = 16;

  private final Iterator<Event> events;
  private int depth;
  private int documents;
  private Optional<Mark> lastRead = Optional.empty();

  YamlEvents(String text) {
    events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
  }

  /** The line where an event begins, from 1. */
  static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** The place in the text where an event begins, in code points. */
  static int index(Event event) {
    return event.getStartMark().map(Mark::getIndex).orElse(0);
  }

  /**
   * @throws YamlSyntaxException if the text is no YAML here
   * @throws InvalidScriptException if a script may not hold what is here
   */
  Event next() throws YamlSyntaxException, InvalidScriptException {
    Event event = read();
    lastRead = event.getEndMark();
    if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
      throw Place.SCRIPT.wrong(line(event), "lists and maps are nested more than 16 deep.");
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw Place.SCRIPT.wrong(
          line(event),
          "a script has no anchors and aliases;"
              + " a text that begins with '&' or '*' must be quoted.");
    }
    if (event instanceof DocumentStartEvent && ++documents > 1) {
      throw Place.SCRIPT.wrong(line(event), "a script must be one document.");
    }
    return event;
  }

  private Event read() throws YamlSyntaxException {
    try {
      return events.next();
    } catch (RuntimeException e) {
      throw YamlSyntaxException.of(e, lastRead);
    }
  }
}
