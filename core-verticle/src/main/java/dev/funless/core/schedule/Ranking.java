package dev.funless.core.schedule;

import java.util.List;

/** An order of workers, the best one first. */
interface Ranking {

  /** Of two workers the one with the lesser grade is better. Found out once for each worker. */
  default int grade(Worker worker, Call call) {
    return 0;
  }

  /** Negative where {@code a} is better; both have the same grade. */
  int compare(Worker a, Worker b, Call call);

  /** What the order goes by, such as {@code 3 calls on 2 places}. */
  String figure(Worker worker, Call call);

  /**
   * Takes the best worker among those that the function's {@code capacity} fits into; of equals one
   * by chance, each as likely as any other.
   */
  default Selection best(List<Worker> workers, Call call, Circumstances circumstances) {
    Worker best = null;
    int bestGrade = 0;
    int equals = 0;
    for (Worker worker : workers) {
      if (!Capacity.fits(call, worker)) {
        continue;
      }
      int grade = grade(worker, call);
      int order = best == null ? -1 : Integer.compare(grade, bestGrade);
      if (order == 0) {
        order = compare(worker, best, call);
      }
      if (order < 0) {
        best = worker;
        bestGrade = grade;
        equals = 1;
      } else if (order == 0 && circumstances.random().nextInt(++equals) == 0) {
        // Each of n equals is taken with a chance of 1/n (reservoir sampling of one).
        best = worker;
      }
    }
    if (circumstances.explanation().wanted()) {
      circumstances.explanation().addAll(workers, call, best, worker -> figure(worker, call));
    }
    return best == null ? Capacity.missing(call) : new Selection.Chosen(best);
  }
}
