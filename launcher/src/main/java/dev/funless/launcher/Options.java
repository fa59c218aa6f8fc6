package dev.funless.launcher;

import java.nio.file.Path;

/**
 * What to run.
 *
 * @param once invoke {@code hello} once and stop
 * @param port HTTP port of the first core; core N listens on {@code port + N - 1}
 * @param data absolute path of the folder that holds all state
 */
record Options(boolean once, int workers, int cores, int port, Path data) {

  /** Most cores, and most workers, that one launcher runs. */
  static final int MOST_NODES = 64;

  static final int LAST_PORT = 65_535;

  Options {
    if (workers < 1 || workers > MOST_NODES || cores < 1 || cores > MOST_NODES) {
      throw new IllegalArgumentException("from 1 to " + MOST_NODES + " cores and workers");
    }
    if (port < 1 || port + cores - 1 > LAST_PORT) {
      throw new IllegalArgumentException(
          "--port " + port + " leaves no ports for " + cores + " cores");
    }
    if (!data.isAbsolute()) {
      throw new IllegalArgumentException("relative data folder " + data);
    }
  }
}
