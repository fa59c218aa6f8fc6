package dev.funless.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One to eight workers, some of which have not reported, all with a MiB of memory or unknown. */
final class RandomWorkers {

  private RandomWorkers() {}

  static List<Worker> of(Random random) {
    List<Worker> workers = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      workers.add(
          random.nextInt(6) == 0
              ? FixedWorker.unreported("w" + i).withSent(random.nextInt(4))
              : FixedWorker.named("w" + i)
                  .withMemory(FixedWorker.MIB)
                  .withPlaces(1 + random.nextInt(4))
                  .withSent(random.nextInt(8))
                  .withOthers(random.nextInt(5)));
    }
    return workers;
  }
}
