package dev.funless.core.invoke;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;

/** What can go wrong between a caller and a worker. */
final class Failures {

  static final Failure NO_WORKER =
      new Failure(Category.UNAVAILABLE, "no_worker", "No worker is there to run the function.");

  static final Failure ALL_BUSY =
      new Failure(Category.BUSY, "busy", "All workers are busy; try again later.");

  static final Failure CORE_BUSY =
      new Failure(
          Category.BUSY, "busy", "This core has too many calls in flight; try again later.");

  static final Failure DUPLICATE =
      new Failure(Category.CONFLICT, "duplicate", "An invocation with this id is under way.");

  static final Failure NOT_SENT =
      new Failure(Category.INTERNAL, "internal", "The core failed to send the call.");

  static final Failure DRAINING =
      new Failure(Category.UNAVAILABLE, "draining", "This core shuts down; ask another one.");

  static final Failure DEADLINE =
      new Failure(
          Category.DEADLINE, "deadline", "The function did not answer before its deadline.");

  static final Failure RESULT_NOT_KEPT =
      new Failure(
          Category.UNAVAILABLE,
          "result_not_kept",
          "The function ran, but its result could not be kept for its sinks; try again later.");

  private Failures() {}

  static Failure concurrency(int limit) {
    return new Failure(
        Category.LIMITED,
        "concurrency",
        "The function has " + limit + " calls under way, as many as its concurrency allows.");
  }

  static Failure noValidWorker(String reason) {
    return new Failure(Category.UNAVAILABLE, "no_valid_worker", reason);
  }

  static Failure workerLost(String worker) {
    return new Failure(
        Category.WORKER_LOST,
        "worker_lost",
        "The worker " + worker + " was lost while it ran the function; it may have run in part.");
  }
}
