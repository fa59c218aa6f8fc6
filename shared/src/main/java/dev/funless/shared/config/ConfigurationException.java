package dev.funless.shared.config;

import java.util.List;

/** The configuration cannot be used; the message lists every error, one a line. */
public final class ConfigurationException extends RuntimeException {

  public ConfigurationException(List<String> errors) {
    super("The configuration has errors:\n  " + String.join("\n  ", errors));
  }
}
