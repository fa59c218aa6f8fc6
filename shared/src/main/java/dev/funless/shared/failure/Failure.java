package dev.funless.shared.failure;

/**
 * A failure that was foreseen.
 *
 * @param category who has to act; the HTTP entrypoint maps it to a status
 * @param code stable, for programs, such as {@code worker_lost}
 * @param detail one sentence, for people
 */
public record Failure(Category category, String code, String detail) {

  /** Who has to act. */
  public enum Category {
    /** The request cannot be understood. */
    MALFORMED,
    /** The caller is not known, or not allowed. */
    UNAUTHORIZED,
    /** What the request names does not exist. */
    NOT_FOUND,
    /** The request contradicts what exists. */
    CONFLICT,
    /** What exists is not what the request says that it changes. */
    PRECONDITION_FAILED,
    /** The caller, or the function, has reached a limit of its own; nothing ran. */
    LIMITED,
    /** The request is larger than allowed. */
    TOO_LARGE,
    /** The request is understood and not acceptable. */
    INVALID,
    /** The function ran and failed, or hit a limit of its own. */
    FUNCTION_FAILED,
    /** The worker went away while the function may have run. */
    WORKER_LOST,
    /** All places are taken; nothing ran; the same request may succeed later. */
    BUSY,
    /** Something that is needed is not there; nothing ran, or what ran could not be kept. */
    UNAVAILABLE,
    /** The deadline passed. */
    DEADLINE,
    /** A defect here. */
    INTERNAL
  }

  /** The failure, to be thrown or to fail a future with. */
  public FailureException exception() {
    return new FailureException(this);
  }
}
