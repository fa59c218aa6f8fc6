package dev.funless.core.auth;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who is known by a token.
 *
 * @param expiresAt from when on the token is not good any more; absent where it stays good
 */
public record Principal(String name, Role role, Optional<Instant> expiresAt) {

  /** With a token that stays good. */
  public Principal(String name, Role role) {
    this(name, role, Optional.empty());
  }

  public boolean hasExpired(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  /** What a principal may do. */
  public enum Role {
    /** Everything but what is the admin's. */
    USER,
    /** The admin's paths, and all of a user's. */
    ADMIN;

    public boolean covers(Role needed) {
      return this == ADMIN || needed == USER;
    }
  }
}
