package dev.funless.core.sink;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.ParametersJson;
import java.util.List;

/** All types of sinks. */
public final class SinkTypes {

  private SinkTypes() {}

  /** One line for each type. */
  public static ConnectorTypes<SinkType<?>> all(ParametersJson json) {
    return new ConnectorTypes<>("sinks", json, List.of());
  }
}
