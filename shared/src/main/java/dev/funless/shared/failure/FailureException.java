package dev.funless.shared.failure;

/** Carries a {@link Failure} through futures. It has no stack trace: it is an expected outcome. */
public final class FailureException extends RuntimeException {

  @SuppressWarnings("serial")
  private final Failure failure;

  FailureException(Failure failure) {
    super(failure.code() + ": " + failure.detail(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
