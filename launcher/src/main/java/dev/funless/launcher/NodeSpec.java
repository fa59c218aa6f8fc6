package dev.funless.launcher;

import java.util.List;
import java.util.Map;

/**
 * A node to run.
 *
 * @param name {@code db}, {@code core1}, {@code worker1} and so on
 * @param port HTTP port of a core or a worker; the database's own port
 * @param environment what is added to the launcher's own environment
 */
record NodeSpec(
    Kind kind, String name, int port, List<String> command, Map<String, String> environment) {

  /** What a node does. */
  enum Kind {
    DATABASE,
    CORE,
    WORKER
  }

  NodeSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
