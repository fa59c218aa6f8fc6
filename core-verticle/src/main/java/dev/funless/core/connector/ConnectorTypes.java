package dev.funless.core.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All types of one kind, found by name. Thread-safe. */
public final class ConnectorTypes<T extends ConnectorType<?>> {

  private final String kind;
  private final ParametersJson json;
  private final Map<String, T> byName = new LinkedHashMap<>();

  /**
   * @param kind {@code events} or {@code sinks}, for messages
   */
  public ConnectorTypes(String kind, ParametersJson json, List<T> types) {
    this.kind = kind;
    this.json = json;
    for (T type : types) {
      if (byName.put(type.name(), type) != null) {
        throw new IllegalArgumentException("two types share the name " + type.name());
      }
    }
  }

  public Optional<T> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<T> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  public ParametersJson json() {
    return json;
  }

  /**
   * Holds what a user sent, {@code {"type": …, "params": {…}}}, against the type.
   *
   * @return as it is to be stored
   */
  public NewConnector check(JsonNode sent) throws InvalidParametersException {
    JsonNode name = sent.path("type");
    T type = byName.get(name.asText());
    if (type == null || !name.isTextual()) {
      throw new InvalidParametersException(
          "There is no type " + shown(name) + " of " + kind + ", only " + known() + ".");
    }
    JsonNode params = sent.path("params");
    if (!params.isObject()) {
      throw new InvalidParametersException("'params' must be an object with the parameters.");
    }
    return new NewConnector(type.name(), json.stored(json.parse(params, type.parameters())));
  }

  private static String shown(JsonNode name) {
    String text = name.isMissingNode() ? "''" : "'" + name.asText() + "'";
    return text.length() <= 42 ? text : text.substring(0, 40) + "…'";
  }

  private String known() {
    return byName.isEmpty() ? "none" : String.join(", ", byName.keySet());
  }

  /** Parameters as they may be shown; empty where they cannot be read. */
  public String shown(StoredConnector connector) {
    T type = byName.get(connector.type());
    if (type == null) {
      return "{}";
    }
    try {
      return json.shown(json.parseStored(connector.parameters(), type.parameters()));
    } catch (InvalidParametersException e) {
      return "{}";
    }
  }
}
