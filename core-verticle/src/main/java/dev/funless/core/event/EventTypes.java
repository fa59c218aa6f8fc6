package dev.funless.core.event;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.ParametersJson;
import java.util.List;

/** All types of events. */
public final class EventTypes {

  private EventTypes() {}

  /** One line for each type. */
  public static ConnectorTypes<EventType<?>> all(ParametersJson json) {
    return new ConnectorTypes<>("events", json, List.of());
  }
}
