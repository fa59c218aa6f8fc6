package dev.funless.engine;

/**
 * How a function behaves. One whose calls keep running into their deadlines is put into quarantine,
 * which {@link Places} enforces, until one of its calls ends by itself. All of it is guarded by the
 * lock there.
 */
final class Conduct {

  /** So many deadlines in a row are no accident. */
  static final int STRIKES = 3;

  private int strikes;

  /** Of its calls, how many run, and how many wait, while it is in quarantine. */
  int running;

  int waiting;

  boolean quarantined() {
    return strikes >= STRIKES;
  }

  /**
   * @param atDeadline whether the call had to be stopped at its deadline
   * @return whether that puts the function into quarantine, or ends it
   */
  boolean ended(boolean atDeadline) {
    boolean before = quarantined();
    strikes = atDeadline ? Math.min(strikes + 1, STRIKES) : 0;
    return quarantined() != before;
  }
}
