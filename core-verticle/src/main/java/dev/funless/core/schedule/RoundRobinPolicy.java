package dev.funless.core.schedule;

import dev.funless.shared.protocol.message.Decision.Outcome;
import java.util.List;

/**
 * The workers in turn, by name, among those that the function's {@code capacity} fits into. Each
 * function has a turn of its own on each core.
 *
 * <p>For example, of A, B and C the calls of a function go to A, B, C, A, and so on; while B's
 * memory is used up, to A, C, A.
 *
 * <p>Known caveat: a worker that comes or goes shifts the turn, so one may get two calls in a row.
 */
public final class RoundRobinPolicy implements SchedulingPolicy<RoundRobinConfig> {

  @Override
  public Selection select(
      RoundRobinConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    int fitting = 0;
    for (Worker worker : workers) {
      if (Capacity.fits(call, worker)) {
        fitting++;
      }
    }
    if (circumstances.explanation().wanted()) {
      explain(workers, call, circumstances, fitting);
    }
    if (fitting == 0) {
      return Capacity.missing(call);
    }
    int place = 0;
    long turn = Math.floorMod(circumstances.turn(), (long) fitting);
    for (Worker worker : workers) {
      if (Capacity.fits(call, worker) && place++ == turn) {
        return new Selection.Chosen(worker);
      }
    }
    throw new IllegalStateException("the workers changed during a decision");
  }

  private static void explain(
      List<Worker> workers, Call call, Circumstances circumstances, int fitting) {
    int place = 0;
    for (Worker worker : workers) {
      if (!Capacity.fits(call, worker)) {
        circumstances
            .explanation()
            .add(worker.name(), Outcome.RULED_OUT, Capacity.shortage(call, worker));
      } else {
        boolean chosen = place == Math.floorMod(circumstances.turn(), (long) fitting);
        place++;
        circumstances
            .explanation()
            .add(
                worker.name(),
                chosen ? Outcome.CHOSEN : Outcome.PASSED_OVER,
                "number %d of %d in turn %d".formatted(place, fitting, circumstances.turn()));
      }
    }
  }
}
