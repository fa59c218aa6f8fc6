package dev.funless.core.http;

import dev.funless.core.auth.Principal;
import dev.funless.core.auth.Principal.Role;
import dev.funless.core.auth.TokenHash;
import dev.funless.core.auth.WrongTokens;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
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

  private static final Failure TOO_MANY =
      new Failure(
          Category.LIMITED,
          "too_many_tokens",
          "Too many wrong tokens came from this address; try again later.");

  private final Function<TokenHash, Optional<Principal>> principals;
  private final WrongTokens wrongTokens;

  /**
   * @param principals answers from memory: it is asked for every request
   */
  Access(Function<TokenHash, Optional<Principal>> principals, WrongTokens wrongTokens) {
    this.principals = principals;
    this.wrongTokens = wrongTokens;
  }

  void require(Role needed, RoutingContext request) {
    Optional<String> token = token(request);
    Optional<Principal> principal =
        token
            .flatMap(text -> principals.apply(TokenHash.of(text)))
            .filter(known -> !known.hasExpired(Instant.now()));
    if (principal.isPresent() && principal.get().role().covers(needed)) {
      Audit.isBy(request, principal.get().name());
      request.next();
    } else if (principal.isPresent() || token.isEmpty()) {
      Answers.failure(request, UNAUTHORIZED);
    } else {
      refuse(request);
    }
  }

  /** Somebody may be guessing. */
  private void refuse(RoutingContext request) {
    SocketAddress address = request.request().remoteAddress();
    Optional<Duration> wait = wrongTokens.tried(address.hostAddress(), System.nanoTime());
    if (wait.isEmpty()) {
      Answers.failure(request, TOO_MANY);
    } else if (wait.get().isZero()) {
      Answers.failure(request, UNAUTHORIZED);
    } else {
      request.request().pause();
      request
          .vertx()
          .setTimer(
              Math.max(1, wait.get().toMillis()), _ -> Answers.failure(request, UNAUTHORIZED));
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
