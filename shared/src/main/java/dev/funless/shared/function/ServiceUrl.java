package dev.funless.shared.function;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service listens that functions call: what is left of its URL without path, query and
 * differences of spelling.
 *
 * @param scheme http, https or tcp
 * @param host as the URL names it, in lower case and without a dot at the end; IPv6 literals in
 *     brackets
 * @param port from 1 to 65535; the scheme's own where the URL names none
 */
public record ServiceUrl(String scheme, String host, int port) {

  private static final int MAX_CHARS = 512;
  private static final int MAX_PORT = 65_535;
  private static final int NO_PORT = 0;
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(\\[[0-9a-f:.]+]|[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63}){0,126}\\.?)(?::([0-9]{0,5}))?");

  /**
   * Reads an absolute URL of at most 512 characters, such as {@code http://db.example:5984}. One of
   * scheme tcp must name its port; none may name a user.
   *
   * @throws IllegalArgumentException whose message is a sentence without a full stop
   */
  public static ServiceUrl parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("a service's URL is longer than 512 characters");
    }
    URI uri = uri(text);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int defaultPort = defaultPort(scheme);
    String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
    Matcher parts = AUTHORITY.matcher(authority);
    if (uri.getRawAuthority() == null || !parts.matches()) {
      throw new IllegalArgumentException("a service's URL must name a host, with or without port");
    }
    return new ServiceUrl(scheme, host(parts.group(1)), port(parts.group(2), defaultPort));
  }

  /** Whether the port is the scheme's own. */
  public boolean onDefaultPort() {
    return port == defaultPort(scheme);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + (onDefaultPort() ? "" : ":" + port);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a service's URL is not valid", e);
    }
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      case "tcp" -> NO_PORT;
      default ->
          throw new IllegalArgumentException("a service's URL must begin with http, https or tcp");
    };
  }

  private static String host(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static int port(String digits, int defaultPort) {
    int port = digits == null || digits.isEmpty() ? defaultPort : Integer.parseInt(digits);
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a service's URL must name a port from 1 to 65535");
    }
    return port;
  }
}
