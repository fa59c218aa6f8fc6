package dev.funless.core.auth;

/** Somebody who is known by a token. */
public record Principal(String name, Role role) {

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
