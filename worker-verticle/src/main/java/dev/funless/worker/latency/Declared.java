package dev.funless.worker.latency;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.function.ServiceUrl;
import dev.funless.worker.outbound.Reach;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services that functions declare, each with the URLs that mean it. A service that several
 * functions declare is listed where the {@code allowed_hosts} of one of these lists it.
 */
final class Declared {

  private static final Logger log = LoggerFactory.getLogger(Declared.class);

  private final int most;
  private final Map<String, ServiceUrl> byUrl = new LinkedHashMap<>();
  private final Set<ServiceUrl> listed = new HashSet<>();

  private Declared(int most) {
    this.most = most;
  }

  /**
   * @param most how many URLs are taken, those first whose functions' names come first
   */
  static Map<Service, Set<String>> by(Collection<FunctionSpec> functions, int most) {
    Declared declared = new Declared(most);
    functions.stream()
        .filter(function -> !function.services().isEmpty())
        .sorted(Comparator.comparing(FunctionSpec::id))
        .forEach(declared::add);
    return declared.byService();
  }

  private void add(FunctionSpec function) {
    function.services().forEach(url -> take(url, function.id()));
    if (!function.allowedHosts().isEmpty()) {
      function.services().stream()
          .map(byUrl::get)
          .filter(Objects::nonNull)
          .filter(Reach.listing(function.allowedHosts()))
          .forEach(listed::add);
    }
  }

  private void take(String url, FunctionId function) {
    if (byUrl.size() < most && !byUrl.containsKey(url)) {
      try {
        byUrl.put(url, ServiceUrl.parse(url));
      } catch (IllegalArgumentException e) {
        // As a core of another version may have let pass.
        log.warn("A service of {} is not measured: {}", function, e.getMessage());
      }
    }
  }

  private Map<Service, Set<String>> byService() {
    Map<Service, Set<String>> services = new LinkedHashMap<>();
    byUrl.forEach(
        (url, service) ->
            services
                .computeIfAbsent(
                    new Service(service, listed.contains(service)), _ -> new LinkedHashSet<>())
                .add(url));
    return services;
  }
}
