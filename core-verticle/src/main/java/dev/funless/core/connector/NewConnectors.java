package dev.funless.core.connector;

import java.util.List;
import java.util.Optional;

/**
 * Events and sinks that a function is to have.
 *
 * @param events absent where they stay as they are
 * @param sinks absent where they stay as they are
 */
public record NewConnectors(
    Optional<List<NewConnector>> events, Optional<List<NewConnector>> sinks) {

  public static final NewConnectors NONE = new NewConnectors(Optional.empty(), Optional.empty());
}
