package dev.funless.fuzz.trial;

/**
 * Something that a hostile module must not be able to do.
 *
 * @param detail what was seen, in a few words; the first line tells it from others
 */
public record Finding(Kind kind, String detail) {

  /** What it was able to do. */
  public enum Kind {
    /** Validating, loading or submitting threw what it does not declare. */
    THROWN,
    /** A call failed with what is meant for the engine's own faults. */
    INTERNAL,
    /** A call ended later than two seconds after its deadline. */
    LATE,
    /** A call never ended. */
    NO_OUTCOME,
    /** After all calls the engine still held memory, or guests. */
    NOT_RETURNED,
    /** The JVM's heap or its classes grew from module to module. */
    GREW,
    /** Something other than a call did not end. */
    HANG,
    /** A valid module was refused. */
    REFUSED,
    /** Another engine came to something else. */
    DIFFERS,
    /** A call came to something else than in an engine that ran nothing before. */
    LEAKED
  }

  /** As a file's name would say it. */
  public String firstLine() {
    return kind + ": " + detail.lines().findFirst().orElse("");
  }
}
