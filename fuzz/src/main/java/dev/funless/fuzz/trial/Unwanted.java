package dev.funless.fuzz.trial;

/** Leaves a trial, with a finding, or with a word for why it ended early. */
final class Unwanted extends Exception {

  private final transient Trial trial;

  Unwanted(Finding.Kind kind, String detail) {
    super(kind + ": " + detail, null, false, false);
    this.trial = Trial.of(new Finding(kind, detail));
  }

  private Unwanted(String label) {
    super(label, null, false, false);
    this.trial = Trial.fine(label);
  }

  /** Nothing is wrong, but the trial can go no further. */
  static Unwanted fine(String label) {
    return new Unwanted(label);
  }

  Trial trial() {
    return trial;
  }
}
