package dev.funless.worker.outbound;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is called: the parts of an absolute http or https URI.
 *
 * @param tls whether the scheme is https
 * @param host as the URI names it, not yet resolved
 * @param port from 1 to 65535
 * @param pathAndQuery in ASCII, beginning with a slash; goes into the request line
 */
record Target(boolean tls, Host host, int port, String pathAndQuery) {

  private static final int URI_CHARS = 8_192;
  private static final int MAX_PORT = 65_535;
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\[\\]]*\\]|[^:\\[\\]]*)(?::([0-9]{0,5}))?");

  /**
   * @throws IOException whose message is a sentence
   */
  static Target parse(String text) throws IOException {
    if (text.length() > URI_CHARS) {
      throw new IOException("the URI is longer than " + URI_CHARS + " characters");
    }
    URI uri = uri(text);
    boolean tls =
        switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
          case "http" -> false;
          case "https" -> true;
          default -> throw new IOException("only absolute http and https URIs can be called");
        };
    String authority = uri.getRawAuthority();
    if (authority == null || authority.isEmpty()) {
      throw new IOException("the URI names no host");
    }
    if (authority.contains("@")) {
      throw new IOException("the URI carries a user name, which is not supported");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw new IOException("'" + authority + "' is not a host with or without a port");
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new Target(tls, host(parts.group(1)), port(parts.group(2), tls), path + query);
  }

  /** Where a {@code Location} header leads to that this target has answered. */
  Target resolve(String location) throws IOException {
    // Java's resolution is that of the older RFC 2396, which takes the last segment of the path
    // away where the reference is a query alone.
    String reference = location.startsWith("?") ? path() + location : location;
    return parse(uri(this + pathAndQuery).resolve(uri(reference)).toString());
  }

  boolean sameOrigin(Target other) {
    return tls == other.tls && port == other.port && host.equals(other.host);
  }

  boolean onDefaultPort() {
    return port == defaultPort(tls);
  }

  /** Scheme, host and port; without path and query, which may hold secrets. */
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + host + (onDefaultPort() ? "" : ":" + port);
  }

  private String path() {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
  }

  private static URI uri(String text) throws IOException {
    try {
      return new URI(new URI(text).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IOException(
          "the URI is not valid: " + e.getReason() + " at character " + e.getIndex(), e);
    }
  }

  private static Host host(String text) throws IOException {
    try {
      return Host.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static int port(String digits, boolean tls) throws IOException {
    if (digits == null || digits.isEmpty()) {
      return defaultPort(tls);
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > MAX_PORT) {
      throw new IOException(port + " is not a port");
    }
    return port;
  }

  private static int defaultPort(boolean tls) {
    return tls ? 443 : 80;
  }
}
