package dev.funless.core.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.connector.ConnectorType;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.NewConnectors;
import dev.funless.core.event.EventState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events or sinks of a form, each held against its type.
 *
 * @param each what came of them, in their order; absent where the form has no such part
 */
record Connectors(Optional<List<Checked>> each) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What came of one. */
  sealed interface Checked {
    record Valid(NewConnector connector) implements Checked {}

    record Wrong(String message) implements Checked {}
  }

  static Connectors of(
      ConnectorTypes<? extends ConnectorType<?>> types, Optional<List<JsonObject>> sent) {
    return new Connectors(
        sent.map(list -> list.stream().map(connector -> checked(types, connector)).toList()));
  }

  private static Checked checked(
      ConnectorTypes<? extends ConnectorType<?>> types, JsonObject sent) {
    try {
      JsonNode json = MAPPER.readTree(sent.encode());
      return new Checked.Valid(types.check(json));
    } catch (InvalidParametersException e) {
      return new Checked.Wrong(e.getMessage());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is to be stored. */
  static NewConnectors valid(Connectors events, Connectors sinks) {
    return new NewConnectors(events.validOrAbsent(), sinks.validOrAbsent());
  }

  private Optional<List<NewConnector>> validOrAbsent() {
    return each.map(
        all ->
            all.stream()
                .filter(Checked.Valid.class::isInstance)
                .map(valid -> ((Checked.Valid) valid).connector())
                .toList());
  }

  List<NewConnector> valid() {
    return validOrAbsent().orElse(List.of());
  }

  /**
   * Tells of each whether it works; of none where the form had no such part.
   *
   * @param troubles of those that were stored, in their order: why one does not work, empty where
   *     it does
   * @return whether all do
   */
  boolean tell(JsonObject data, String part, List<Optional<String>> troubles) {
    List<Checked> all = each.orElse(List.of());
    if (all.isEmpty()) {
      return true;
    }
    JsonArray statuses = new JsonArray();
    List<Optional<String>> left = new ArrayList<>(troubles);
    int successful = 0;
    for (Checked checked : all) {
      Optional<String> error =
          switch (checked) {
            case Checked.Wrong(String message) -> Optional.of(message);
            case Checked.Valid _ -> left.isEmpty() ? Optional.empty() : left.removeFirst();
          };
      successful += error.isEmpty() ? 1 : 0;
      statuses.add(
          error
              .map(message -> new JsonObject().put("status", "error").put("message", message))
              .orElseGet(() -> new JsonObject().put("status", "success")));
    }
    data.put(part, statuses)
        .put(
            part + "_metadata",
            new JsonObject()
                .put("successful", successful)
                .put("failed", all.size() - successful)
                .put("total", all.size()));
    return successful == all.size();
  }

  static Optional<String> trouble(EventState state) {
    if (state.isConnected()) {
      return Optional.empty();
    }
    return Optional.of(
        state.detail().isEmpty() ? "No core has connected it yet; one will." : state.detail());
  }
}
