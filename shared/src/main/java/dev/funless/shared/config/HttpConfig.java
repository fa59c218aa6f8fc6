package dev.funless.shared.config;

/**
 * Where a node listens for HTTP.
 *
 * @param host the address to bind to
 * @param port 0 takes a free one
 */
public record HttpConfig(String host, int port) {

  public static HttpConfig read(Settings settings, int defaultPort) {
    return new HttpConfig(
        settings.text("http.host", "127.0.0.1"),
        settings.integer("http.port", defaultPort, 0, 65_535));
  }
}
