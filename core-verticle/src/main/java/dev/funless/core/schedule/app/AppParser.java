package dev.funless.core.schedule.app;

/** Reads configuration scripts. Thread-safe. */
public final class AppParser {

  private AppParser() {}

  /**
   * @throws InvalidScriptException that names line, tag and block of what is wrong
   */
  public static AppScript parse(String text) throws InvalidScriptException {
    throw new InvalidScriptException("Line 1: not there yet", text.isEmpty());
  }
}
