package dev.funless.worker.outbound;

import dev.funless.engine.OutboundHttp.Header;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A guest's headers, checked. Those that say where the request goes, how it is framed, or what
 * happens to the connection are written by the client, and left out without a word, because
 * libraries in guests set them out of habit: Host, Content-Length, Transfer-Encoding, Connection
 * and its kin, and all Proxy ones. A header that could end early, and so smuggle in another, fails
 * the call.
 */
record GuestHeaders(List<Header> headers) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  GuestHeaders {
    headers = List.copyOf(headers);
  }

  /**
   * @throws IOException whose message is a sentence
   */
  static GuestHeaders checked(List<Header> given) throws IOException {
    for (Header header : given) {
      if (!TOKEN.matcher(header.name()).matches()) {
        throw new IOException("a header's name is empty or holds characters that none may hold");
      }
      if (!VALUE.matcher(header.value()).matches()) {
        throw new IOException(
            "the value of header " + header.name() + " is not printable ASCII on one line");
      }
    }
    return new GuestHeaders(
        given.stream().filter(header -> !isOurs(lowerCase(header.name()))).toList());
  }

  /** What may go to another origin than the guest named. */
  GuestHeaders withoutCredentials() {
    return new GuestHeaders(
        headers.stream()
            .filter(header -> !CREDENTIALS.contains(lowerCase(header.name())))
            .toList());
  }

  /** What describes no body: for a redirect that drops it. */
  GuestHeaders withoutContent() {
    return new GuestHeaders(
        headers.stream()
            .filter(header -> !lowerCase(header.name()).startsWith("content-"))
            .toList());
  }

  private static boolean isOurs(String name) {
    return OURS.contains(name) || name.startsWith("proxy-");
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
