package dev.funless.worker.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host of a URI or of an entry of {@code allowed_hosts}, in one spelling: names in lower case
 * without a dot at the end, IPv6 literals in brackets, an IPv4 address inside IPv6 as the IPv4
 * address that it is.
 *
 * <p>The system's resolver reads {@code 2130706433}, {@code 0x7f.1} and {@code 0177.0.0.1} as
 * loopback. Here whatever ends in a number must be four decimal numbers, or it is refused: what a
 * function's author reads is what is called.
 *
 * @param text as it goes into the Host header and the certificate check
 * @param literal the address, where the host is one rather than a name
 */
record Host(String text, Optional<InetAddress> literal) {

  private static final int NAME_CHARS = 253;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern IPV6_CHARS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * @throws IllegalArgumentException whose message is a sentence
   */
  static Host parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return ipv6(text);
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > NAME_CHARS || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a host name");
    }
    if (!ENDS_IN_NUMBER.matcher(name).matches()) {
      return new Host(name, Optional.empty());
    }
    if (!IPV4.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an IPv4 address of four decimal numbers");
    }
    return new Host(name, Optional.of(InetAddress.ofLiteral(name)));
  }

  private static Host ipv6(String text) {
    String inside = text.substring(1, text.length() - 1);
    if (IPV6_CHARS.matcher(inside).matches()) {
      try {
        InetAddress address = InetAddress.ofLiteral(inside);
        String spelled = address.getHostAddress();
        return new Host(
            address instanceof Inet6Address ? "[" + spelled + "]" : spelled, Optional.of(address));
      } catch (IllegalArgumentException e) {
        // Told below.
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not an IPv6 address");
  }

  @Override
  public String toString() {
    return text;
  }
}
