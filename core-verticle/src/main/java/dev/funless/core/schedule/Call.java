package dev.funless.core.schedule;

import dev.funless.shared.function.FunctionSpec;

/**
 * What is to be placed.
 *
 * @param function what is to run
 * @param args its arguments: JSON in UTF-8, not to be changed
 */
public record Call(FunctionSpec function, byte[] args) {

  /** What the function costs on a worker: its latencies to the services that it declares. */
  double costMillis(Worker worker) {
    return 0;
  }
}
