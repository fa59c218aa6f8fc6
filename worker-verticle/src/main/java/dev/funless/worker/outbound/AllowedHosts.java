package dev.funless.worker.outbound;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of a function's {@code allowed_hosts}: {@code host} is the host on its scheme's
 * default port, {@code host:port} on that port, {@code host:*} on every port; IPv6 literals stand
 * in brackets. They are compared with the host that the URI names: {@code localhost} does not allow
 * {@code 127.0.0.1}.
 */
record AllowedHosts(List<Entry> entries) {

  private static final Logger LOG = LoggerFactory.getLogger(AllowedHosts.class);
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  AllowedHosts {
    entries = List.copyOf(entries);
  }

  /**
   * Leaves out what is no entry, with a line in the log: it allows nothing, and does not keep the
   * function from running.
   */
  static AllowedHosts parse(List<String> entries) {
    return new AllowedHosts(
        entries.stream().map(AllowedHosts::entry).flatMap(Optional::stream).toList());
  }

  boolean allows(Target target) {
    return allows(target.host(), target.port(), target.onDefaultPort());
  }

  boolean allows(Host host, int port, boolean onDefaultPort) {
    return entries.stream().anyMatch(entry -> entry.allows(host, port, onDefaultPort));
  }

  private static Optional<Entry> entry(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return Optional.of(
          colon > text.lastIndexOf(']')
              ? new Entry(Host.parse(text.substring(0, colon)), ports(text.substring(colon + 1)))
              : new Entry(Host.parse(text), new Ports.Default()));
    } catch (IllegalArgumentException e) {
      LOG.warn("allowed_hosts: {} allows nothing: {}", text, e.getMessage());
      return Optional.empty();
    }
  }

  private static Ports ports(String text) {
    if (text.equals("*")) {
      return new Ports.Every();
    }
    if (!PORT.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a port");
    }
    return new Ports.One(Integer.parseInt(text));
  }

  record Entry(Host host, Ports ports) {
    boolean allows(Host called, int calledPort, boolean onDefaultPort) {
      return host.equals(called)
          && switch (ports) {
            case Ports.Default() -> onDefaultPort;
            case Ports.Every() -> true;
            case Ports.One(int port) -> port == calledPort;
          };
    }
  }

  sealed interface Ports {
    record Default() implements Ports {}

    record Every() implements Ports {}

    record One(int port) implements Ports {
      public One {
        if (port < 1 || port > 65_535) {
          throw new IllegalArgumentException(port + " is not a port");
        }
      }
    }
  }
}
