package dev.funless.core.schedule.app;

/** A script cannot be used; the message is one sentence that names the place. */
public final class InvalidScriptException extends Exception {

  private final boolean isYaml;

  /**
   * @param isYaml whether the text is YAML at all
   */
  InvalidScriptException(String message, boolean isYaml) {
    super(message);
    this.isYaml = isYaml;
  }

  /** Whether the text is YAML, but no script. */
  public boolean isYaml() {
    return isYaml;
  }
}
