package dev.funless.fuzz.trial;

/** Leaves a trial with a finding. */
final class Unwanted extends Exception {

  private final transient Finding finding;

  Unwanted(Finding.Kind kind, String detail) {
    super(kind + ": " + detail, null, false, false);
    this.finding = new Finding(kind, detail);
  }

  Finding finding() {
    return finding;
  }
}
