package dev.funless.worker.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells addresses of the public internet from those that mean this machine, its network, or nothing
 * at all. For IPv4 that is a list of what is special; for IPv6 only 2000::/3 is handed out, so all
 * else is special. Addresses that carry an IPv4 address (mapped, NAT64, 6to4) are judged by that
 * one, since that is where the packets end.
 *
 * <p>After IANA's registries of special-purpose addresses. Not known here: the public addresses of
 * this machine and its neighbours, and a NAT64 prefix of the operator's own within 2000::/3.
 */
final class SpecialAddresses {

  private static final List<Block> SPECIAL_IPV4 =
      List.of(
          new Block("0.0.0.0", 8, "an unspecified"),
          new Block("10.0.0.0", 8, "a private"),
          new Block("100.64.0.0", 10, "a carrier's shared"),
          new Block("127.0.0.0", 8, "a loopback"),
          new Block("168.63.129.16", 32, "a cloud host's"),
          new Block("169.254.0.0", 16, "a link-local"),
          new Block("172.16.0.0", 12, "a private"),
          new Block("192.0.0.0", 24, "a reserved"),
          new Block("192.0.2.0", 24, "a documentation"),
          new Block("192.88.99.0", 24, "a reserved"),
          new Block("192.168.0.0", 16, "a private"),
          new Block("198.18.0.0", 15, "a benchmarking"),
          new Block("198.51.100.0", 24, "a documentation"),
          new Block("203.0.113.0", 24, "a documentation"),
          new Block("224.0.0.0", 4, "a multicast"),
          new Block("240.0.0.0", 4, "a reserved"));

  private static final List<Block> SPECIAL_IPV6 =
      List.of(
          new Block("::", 128, "an unspecified"),
          new Block("::1", 128, "a loopback"),
          new Block("2001::", 23, "a reserved"),
          new Block("2001:db8::", 32, "a documentation"),
          new Block("3fff::", 20, "a documentation"),
          new Block("fc00::", 7, "a private"),
          new Block("fe80::", 10, "a link-local"),
          new Block("fec0::", 10, "a site-local"),
          new Block("ff00::", 8, "a multicast"));

  private static final Block PUBLIC_IPV6 = new Block("2000::", 3, "a public");
  private static final Block NAT64 = new Block("64:ff9b::", 96, "a NAT64");
  private static final Block SIX_TO_FOUR = new Block("2002::", 16, "a 6to4");

  private static final int IPV4_BYTES = 4;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

  private SpecialAddresses() {}

  /** What is special, with its article ("a private"); empty where the address is public. */
  static Optional<String> kind(InetAddress address) {
    return kind(address.getAddress());
  }

  static Optional<String> kind(byte[] address) {
    if (address.length == IPV4_BYTES) {
      return in(SPECIAL_IPV4, address);
    }
    if (NAT64.holds(address) || Arrays.equals(MAPPED, Arrays.copyOf(address, MAPPED.length))) {
      return kind(Arrays.copyOfRange(address, 12, 16));
    }
    if (SIX_TO_FOUR.holds(address)) {
      return kind(Arrays.copyOfRange(address, 2, 6));
    }
    return in(SPECIAL_IPV6, address)
        .or(() -> PUBLIC_IPV6.holds(address) ? Optional.empty() : Optional.of("a reserved"));
  }

  private static Optional<String> in(List<Block> blocks, byte[] address) {
    return blocks.stream().filter(block -> block.holds(address)).findFirst().map(Block::kind);
  }

  /** The addresses that share their first {@code bits} with {@code network}. */
  private record Block(byte[] network, int bits, String kind) {

    Block(String network, int bits, String kind) {
      this(InetAddress.ofLiteral(network).getAddress(), bits, kind);
    }

    boolean holds(byte[] address) {
      int whole = bits / 8;
      int mask = 0xff00 >> (bits % 8) & 0xff;
      return address.length == network.length
          && Arrays.equals(network, 0, whole, address, 0, whole)
          && (mask == 0 || ((address[whole] ^ network[whole]) & mask) == 0);
    }
  }
}
