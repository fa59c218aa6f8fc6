package dev.funless.core.event;

import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.core.catalog.Derived;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.event.StandingType.Claim;
import dev.funless.shared.function.FunctionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the events are that every core serves from its catalogue: connected, unless an older one has
 * what they claim. A pure function of the catalogue, so all cores say the same. Immutable.
 */
public final class StandingEvents {

  private record Found(FunctionId function, StoredConnector event, StandingType<?> type) {}

  private final Map<Long, EventState> states;

  private StandingEvents(Map<Long, EventState> states) {
    this.states = states;
  }

  /** Decrypts what is secret in the parameters, so not for every request. */
  public static StandingEvents of(CatalogSnapshot catalog, ConnectorTypes<EventType<?>> types) {
    List<Found> all = new ArrayList<>();
    catalog
        .functions()
        .forEach((id, function) -> function.events().forEach(event -> add(all, id, event, types)));
    all.sort(Comparator.comparingLong(found -> found.event.id()));
    Map<Long, EventState> states = new HashMap<>();
    Map<String, FunctionId> owners = new HashMap<>();
    all.forEach(
        found -> states.put(found.event.id(), state(found, found.type, types.json(), owners)));
    return new StandingEvents(Map.copyOf(states));
  }

  private static void add(
      List<Found> all,
      FunctionId function,
      StoredConnector event,
      ConnectorTypes<EventType<?>> types) {
    if (types.find(event.type()).orElse(null) instanceof StandingType<?> standing) {
      all.add(new Found(function, event, standing));
    }
  }

  private static <P extends Record> EventState state(
      Found found, StandingType<P> type, ParametersJson json, Map<String, FunctionId> owners) {
    try {
      Claim claim = type.claim(json.parseStored(found.event.parameters(), type.parameters()));
      FunctionId owner = owners.putIfAbsent(claim.key(), found.function);
      return owner == null
          ? new EventState(found.event.id(), EventState.CONNECTED, "", "")
          : failed(found, "The function " + owner + " has " + claim.shown() + " already.");
    } catch (InvalidParametersException e) {
      return failed(found, EventTypes.unreadable(e));
    }
  }

  private static EventState failed(Found found, String why) {
    return new EventState(found.event.id(), EventState.FAILED, why, "");
  }

  /** As the catalogue is when asked, made anew only where it has changed. Thread-safe. */
  public static Supplier<StandingEvents> following(
      Supplier<CatalogSnapshot> catalog, ConnectorTypes<EventType<?>> types) {
    return new Derived<>(catalog, now -> of(now, types));
  }

  /** Absent where it is none of those. */
  public Optional<EventState> state(long event) {
    return Optional.ofNullable(states.get(event));
  }

  public boolean serves(long event) {
    return state(event).map(EventState::isConnected).orElse(false);
  }
}
