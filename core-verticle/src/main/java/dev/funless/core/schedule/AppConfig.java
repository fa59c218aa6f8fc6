package dev.funless.core.schedule;

import dev.funless.shared.function.Names;

/**
 * {@code {"language": "app", "script": "name"}}.
 *
 * @param script the name of a stored script
 */
public record AppConfig(String script) implements PolicyConfig {

  public AppConfig {
    if (!Names.isValid(script)) {
      throw new IllegalArgumentException("script must name a script.");
    }
  }
}
