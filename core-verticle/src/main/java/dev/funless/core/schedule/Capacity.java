package dev.funless.core.schedule;

/** Whether a function's {@code capacity} fits into what a worker has available. */
final class Capacity {

  private Capacity() {}

  /** A worker that has not reported yet counts as one that it fits into. */
  static boolean fits(Call call, Worker worker) {
    return !worker.reported() || worker.memoryAvailableBytes() >= call.function().capacityBytes();
  }

  /** Where it fits into none. */
  static Selection.None missing(Call call) {
    return new Selection.None(
        "No worker has the "
            + kib(call.function().capacityBytes())
            + " of memory available that the function needs.");
  }

  /** Why it does not fit. */
  static String shortage(Call call, Worker worker) {
    return kib(worker.memoryAvailableBytes())
        + " of memory are available, the function needs "
        + kib(call.function().capacityBytes());
  }

  private static String kib(long bytes) {
    return bytes / 1024 + " KiB";
  }
}
