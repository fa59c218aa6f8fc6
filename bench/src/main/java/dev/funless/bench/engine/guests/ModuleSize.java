package dev.funless.bench.engine.guests;

/** The modules that are loaded, by about how large they are. */
public enum ModuleSize {
  KB_12(2),
  KB_90(15),
  KB_500(83),
  KB_700(117);

  /** Each some 6 KB of wasm. */
  private final int parts;

  ModuleSize(int parts) {
    this.parts = parts;
  }

  /** The name of its {@link CallCase}. */
  public String guest() {
    return "module-" + parts;
  }

  int parts() {
    return parts;
  }
}
