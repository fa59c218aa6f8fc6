package dev.funless.core.schedule;

/**
 * How busy a worker is: its calls, running and waiting, for each of its places. What this core has
 * sent is known at once, what all cores have sent only from the last report; of the two the larger
 * counts. A worker that has not reported yet is as busy as with one place.
 */
final class Load {

  private Load() {}

  /** Negative where {@code a} is the less busy one. */
  static int compare(WorkerSnapshot a, WorkerSnapshot b) {
    // a.calls / a.places against b.calls / b.places, without rounding.
    return Long.compare(calls(a) * places(b), calls(b) * places(a));
  }

  private static long calls(WorkerSnapshot worker) {
    return Math.max(worker.sent(), (long) worker.running() + worker.queued());
  }

  private static long places(WorkerSnapshot worker) {
    return Math.max(1, worker.places());
  }
}
