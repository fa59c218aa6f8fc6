package dev.funless.core.schedule;

/**
 * How busy a worker is: its calls, running and waiting, for each of its places. A worker that has
 * not reported yet is as busy as with one place.
 */
final class Load {

  /** The least busy first. */
  static final Ranking LEAST =
      new Ranking() {
        @Override
        public int compare(Worker a, Worker b, Call call) {
          return Load.compare(a, b);
        }

        @Override
        public String figure(Worker worker, Call call) {
          return Load.figure(worker);
        }
      };

  private Load() {}

  /** Negative where {@code a} is the less busy one. */
  static int compare(Worker a, Worker b) {
    // a.calls / a.places against b.calls / b.places, without rounding.
    return Long.compare((long) a.calls() * places(b), (long) b.calls() * places(a));
  }

  static String figure(Worker worker) {
    return "%d calls on %d places".formatted(worker.calls(), places(worker));
  }

  private static int places(Worker worker) {
    return Math.max(1, worker.places());
  }
}
