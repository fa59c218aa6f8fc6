package dev.funless.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One to eight workers, some of which have not reported, all with a MiB of memory or unknown. */
final class RandomWorkers {

  private RandomWorkers() {}

  static List<WorkerSnapshot> of(Random random) {
    List<WorkerSnapshot> workers = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      workers.add(
          random.nextInt(6) == 0
              ? Snapshots.unreported("w" + i, random.nextInt(4))
              : Snapshots.busy(
                  "w" + i,
                  1 + random.nextInt(4),
                  random.nextInt(5),
                  random.nextInt(5),
                  random.nextInt(8)));
    }
    return workers;
  }
}
