package dev.funless.fuzz.trial;

/** Leaves a trial, with a finding, or with a word for a fault that is known. */
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

  static Unwanted known(String fault) {
    return new Unwanted("known: " + fault);
  }

  Trial trial() {
    return trial;
  }
}
