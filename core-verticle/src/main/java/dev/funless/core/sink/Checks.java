package dev.funless.core.sink;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Rules for parameters; what breaks one is told in a sentence. */
final class Checks {

  private static final int MAX_TEXT = 2_000;

  private Checks() {}

  /** Also where the whole parameter is missing. */
  static void text(String parameter, String value) {
    if (value == null) {
      throw missing(parameter);
    }
    if (value.isBlank() || value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          parameter + " must be a text of 1 to " + MAX_TEXT + " characters.");
    }
  }

  static IllegalArgumentException missing(String parameter) {
    return new IllegalArgumentException(
        "The parameter '" + parameter + "' is missing or cannot be used.");
  }

  /** An absolute one with a host, without credentials. */
  static void url(String parameter, String value) {
    text(parameter, value);
    if (!isUrl(value)) {
      throw new IllegalArgumentException(
          parameter + " must be a URL such as https://host:port/path.");
    }
    if (URI.create(value).getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          parameter + " must not hold a user or a password; they would be shown.");
    }
  }

  /** Of one that {@link #url} has let through. */
  static boolean isHttps(String url) {
    return "https".equalsIgnoreCase(URI.create(url).getScheme());
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = new URI(value);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getPort() <= 65_535
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  static void port(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be a number from 1 to 65535.");
    }
  }
}
