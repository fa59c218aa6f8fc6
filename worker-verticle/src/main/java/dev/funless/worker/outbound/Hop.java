package dev.funless.worker.outbound;

import dev.funless.engine.OutboundHttp.Request;
import java.io.IOException;

/**
 * One request of a call: the first is what the guest asked for, each further one is where a
 * redirect leads.
 */
record Hop(String method, Target target, GuestHeaders headers, byte[] body) {

  private static final byte[] NO_BODY = {};

  /**
   * @throws IOException whose message is a sentence
   */
  static Hop first(Request request) throws IOException {
    switch (request.method()) {
      case "GET", "POST", "PUT", "DELETE" -> {}
      default -> throw new IOException("only GET, POST, PUT and DELETE can be called");
    }
    return new Hop(
        request.method(),
        Target.parse(request.uri()),
        GuestHeaders.checked(request.headers()),
        request.body());
  }

  static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /**
   * What a browser would send: 303 makes every request a GET, 301 and 302 only a POST, 307 and 308
   * none. Credentials do not leave the origin that the guest gave them to.
   */
  Hop redirected(int status, String location) throws IOException {
    Target next = target.resolve(location);
    GuestHeaders kept = next.sameOrigin(target) ? headers : headers.withoutCredentials();
    boolean becomesGet =
        switch (status) {
          case 303 -> true;
          case 301, 302 -> method.equals("POST");
          default -> false;
        };
    return becomesGet
        ? new Hop("GET", next, kept.withoutContent(), NO_BODY)
        : new Hop(method, next, kept, body);
  }
}
