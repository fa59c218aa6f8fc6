package dev.funless.core.schedule;

import dev.funless.shared.function.FunctionSpec;

/** Whether a function's {@code capacity} fits into what a worker has available. */
final class Capacity {

  private Capacity() {}

  /** A worker that has not reported yet counts as one that it fits into. */
  static boolean fits(FunctionSpec function, WorkerSnapshot worker) {
    return !worker.reported() || worker.memoryAvailableBytes() >= function.capacityBytes();
  }

  /** Where it fits into none. */
  static Selection.None missing(FunctionSpec function) {
    return new Selection.None(
        "No worker has the "
            + function.capacityBytes() / 1024
            + " KiB of memory available that the function needs.");
  }
}
