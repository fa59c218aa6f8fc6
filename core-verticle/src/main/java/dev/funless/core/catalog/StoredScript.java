package dev.funless.core.catalog;

import dev.funless.core.schedule.app.AppJson;
import dev.funless.core.schedule.app.AppParser;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.InvalidScriptException;

/**
 * A configuration script.
 *
 * @param source as it was sent
 * @param script what it says
 */
public record StoredScript(String source, AppScript script) {

  /** Blocks for milliseconds where the script is long. */
  public static StoredScript of(String source) throws InvalidScriptException {
    return new StoredScript(source, AppParser.parse(source));
  }

  /** What it says, as JSON. */
  public String json() {
    return AppJson.text(script);
  }
}
