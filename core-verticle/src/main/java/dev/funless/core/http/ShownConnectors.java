package dev.funless.core.http;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.event.EventState;
import dev.funless.core.event.EventType;
import dev.funless.core.sink.SinkType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The events and sinks of a function as they are shown: where there are any, without secrets. */
final class ShownConnectors {

  private ShownConnectors() {}

  /**
   * @param states of these events, as far as they are known
   */
  static void events(
      JsonObject data,
      List<StoredConnector> events,
      ConnectorTypes<EventType<?>> types,
      List<EventState> states) {
    JsonArray shown = new JsonArray();
    for (StoredConnector event : events) {
      EventState state =
          states.stream()
              .filter(known -> known.id() == event.id())
              .findFirst()
              .orElseGet(() -> EventState.waiting(event.id()));
      JsonObject json = shown(event, types).put("state", state.state());
      if (!state.detail().isEmpty()) {
        json.put("message", state.detail());
      }
      if (!state.core().isEmpty()) {
        json.put("core", state.core());
      }
      shown.add(json);
    }
    put(data, "events", shown);
  }

  static void sinks(
      JsonObject data, List<StoredConnector> sinks, ConnectorTypes<SinkType<?>> types) {
    JsonArray shown = new JsonArray();
    sinks.forEach(sink -> shown.add(shown(sink, types)));
    put(data, "sinks", shown);
  }

  private static JsonObject shown(StoredConnector connector, ConnectorTypes<?> types) {
    return new JsonObject()
        .put("type", connector.type())
        .put("params", new JsonObject(types.shown(connector)));
  }

  private static void put(JsonObject data, String part, JsonArray shown) {
    if (!shown.isEmpty()) {
      data.put(part, shown);
    }
  }
}
