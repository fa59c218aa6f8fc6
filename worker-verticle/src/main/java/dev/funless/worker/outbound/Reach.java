package dev.funless.worker.outbound;

import dev.funless.shared.function.ServiceUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says at which addresses a host may be connected to on behalf of functions: public ones, or any
 * where {@code allowed_hosts} lists the host. Thread-safe.
 */
public final class Reach implements AutoCloseable {

  /** Of a name with several addresses, how many are tried until one accepts a connection. */
  private static final int ADDRESSES_TRIED = 4;

  private final Names names;

  /** With names as the system resolves them, on threads of its own. */
  public Reach(OutboundConfig config) {
    this(InetAddress::getAllByName, config);
  }

  Reach(Names.Resolver resolver, OutboundConfig config) {
    this.names = new Names(resolver, config);
  }

  /**
   * Which services a function's {@code allowed_hosts} lists; {@code host} without port stands for
   * the default port of the service's scheme.
   */
  public static Predicate<ServiceUrl> listing(List<String> allowedHosts) {
    AllowedHosts allowed = AllowedHosts.parse(allowedHosts);
    return service -> {
      try {
        return allowed.allows(host(service), service.port(), service.onDefaultPort());
      } catch (IOException e) {
        return false;
      }
    };
  }

  /**
   * The addresses to try, in this order; blocks until the name is resolved.
   *
   * @param listed whether {@code allowed_hosts} lists the service
   * @param patience how long that may take
   * @throws IOException whose message is a sentence
   */
  public List<InetAddress> addresses(ServiceUrl service, boolean listed, Duration patience)
      throws IOException, InterruptedException {
    return addresses(
        service.toString(), host(service), service.port(), listed, Deadline.in(patience));
  }

  List<InetAddress> addresses(Target target, boolean listed, Deadline deadline)
      throws IOException, InterruptedException {
    return addresses(target.toString(), target.host(), target.port(), listed, deadline);
  }

  /**
   * One address that is not public forbids them all: which of them is called must not depend on
   * their order, and a public name has no business there.
   */
  private List<InetAddress> addresses(
      String shown, Host host, int port, boolean listed, Deadline deadline)
      throws IOException, InterruptedException {
    List<InetAddress> addresses = names.addresses(host, deadline);
    if (!listed) {
      for (InetAddress address : addresses) {
        Optional<String> special = SpecialAddresses.kind(address);
        if (special.isPresent()) {
          throw new IOException(
              "%s is not called: %s is %s address, and allowed_hosts does not list %s:%d"
                  .formatted(shown, address.getHostAddress(), special.get(), host, port));
        }
      }
    }
    return addresses.subList(0, Math.min(addresses.size(), ADDRESSES_TRIED));
  }

  private static Host host(ServiceUrl service) throws IOException {
    try {
      return Host.parse(service.host());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    names.close();
  }
}
