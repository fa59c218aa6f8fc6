package dev.funless.core.http;

import dev.funless.core.auth.Principal;
import dev.funless.core.auth.Principal.Role;
import dev.funless.core.auth.TokenHash;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;

/** Lets a request through whose token has the needed role. */
final class Access {

  private static final String SCHEME = "Bearer ";
  private static final int MAX_TOKEN_LENGTH = 512;

  private static final Failure UNAUTHORIZED =
      new Failure(
          Category.UNAUTHORIZED,
          "unauthorized",
          "A token is needed that allows this: send it as 'Authorization: Bearer <token>'.");

  private final Function<TokenHash, Optional<Principal>> principals;

  /**
   * @param principals answers from memory: it is asked for every request
   */
  Access(Function<TokenHash, Optional<Principal>> principals) {
    this.principals = principals;
  }

  void require(Role needed, RoutingContext request) {
    boolean allowed =
        token(request)
            .flatMap(token -> principals.apply(TokenHash.of(token)))
            .map(principal -> principal.role().covers(needed))
            .orElse(false);
    if (allowed) {
      request.next();
    } else {
      Answers.failure(request, UNAUTHORIZED);
    }
  }

  private static Optional<String> token(RoutingContext request) {
    String header = request.request().getHeader("Authorization");
    if (header == null
        || header.length() > SCHEME.length() + MAX_TOKEN_LENGTH
        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return Optional.of(header.substring(SCHEME.length()).strip());
  }
}
