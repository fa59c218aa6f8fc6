package dev.funless.core.event.http;

import dev.funless.core.catalog.CatalogSnapshot;
import dev.funless.core.catalog.Derived;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.event.EventType;
import dev.funless.core.event.StandingEvents;
import dev.funless.shared.function.FunctionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The functions' own routes at one version of the catalogue: a tree of segments. In each segment
 * what is written out goes before a name, and a method before {@code *}. Immutable once made.
 *
 * <p>Example: with {@code /a/:x} and {@code /a/b/:y}, {@code /a/b} is the first one's, with {@code
 * x} being {@code b}, and {@code /a/b/c} the second one's.
 */
public final class HttpRoutes {

  /** A function's route. */
  public record Route(FunctionId function, List<String> names, boolean isPublic) {}

  /** Who serves a request. */
  public sealed interface Found {

    /**
     * @param params by the pattern's names
     */
    record Served(Route route, Map<String, String> params) implements Found {}

    /** The path is somebody's, but not with this method. */
    record OtherMethod() implements Found {}

    /** Nobody's path. */
    record Nobody() implements Found {}
  }

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    Optional<Node> named = Optional.empty();
    final Map<String, Route> byMethod = new HashMap<>();
  }

  private final Node root = new Node();

  public static HttpRoutes of(CatalogSnapshot catalog, ConnectorTypes<EventType<?>> types) {
    StandingEvents standing = StandingEvents.of(catalog, types);
    HttpRoutes routes = new HttpRoutes();
    catalog
        .functions()
        .forEach(
            (id, function) -> {
              for (StoredConnector event : function.events()) {
                if (event.type().equals(HttpType.NAME) && standing.serves(event.id())) {
                  routes.add(id, event, types);
                }
              }
            });
    return routes;
  }

  /** As the catalogue is when asked, made anew only where it has changed. Thread-safe. */
  public static Supplier<HttpRoutes> following(
      Supplier<CatalogSnapshot> catalog, ConnectorTypes<EventType<?>> types) {
    return new Derived<>(catalog, now -> of(now, types));
  }

  private void add(FunctionId function, StoredConnector event, ConnectorTypes<EventType<?>> types) {
    try {
      add(function, types.json().parseStored(event.parameters(), HttpParameters.class));
    } catch (InvalidParametersException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  private void add(FunctionId function, HttpParameters parameters) {
    Node node = root;
    List<String> segments = HttpParameters.segments(parameters.path());
    for (String segment : segments) {
      if (segment.startsWith(":")) {
        node.named = Optional.of(node.named.orElseGet(Node::new));
        node = node.named.get();
      } else {
        node = node.literals.computeIfAbsent(segment, _ -> new Node());
      }
    }
    List<String> names =
        segments.stream().filter(s -> s.startsWith(":")).map(s -> s.substring(1)).toList();
    node.byMethod.put(
        parameters.effectiveMethod(),
        new Route(function, names, parameters.isPublic().orElse(false)));
  }

  /**
   * @param path decoded, segment by segment
   */
  public Found find(String method, List<String> path) {
    Search search = new Search(method, path);
    Found found = search.from(root, 0, List.of());
    return found instanceof Found.Nobody && search.otherMethod ? new Found.OtherMethod() : found;
  }

  /** Goes to each node of the tree at most once. */
  private static final class Search {

    private final String method;
    private final List<String> path;
    private boolean otherMethod;

    Search(String method, List<String> path) {
      this.method = method;
      this.path = path;
    }

    Found from(Node node, int depth, List<String> values) {
      if (depth == path.size()) {
        return end(node, values);
      }
      String segment = path.get(depth);
      Node literal = node.literals.get(segment);
      if (literal != null && from(literal, depth + 1, values) instanceof Found.Served served) {
        return served;
      }
      if (node.named.isEmpty() || segment.isEmpty()) {
        return new Found.Nobody();
      }
      List<String> more = new ArrayList<>(values);
      more.add(segment);
      return from(node.named.get(), depth + 1, more);
    }

    private Found end(Node node, List<String> values) {
      Route route =
          Optional.ofNullable(node.byMethod.get(method))
              .orElseGet(() -> node.byMethod.get(HttpParameters.ANY_METHOD));
      if (route == null) {
        otherMethod |= !node.byMethod.isEmpty();
        return new Found.Nobody();
      }
      Map<String, String> params = new LinkedHashMap<>();
      for (String name : route.names()) {
        params.put(name, values.get(params.size()));
      }
      return new Found.Served(route, params);
    }
  }
}
