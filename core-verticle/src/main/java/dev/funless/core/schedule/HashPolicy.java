package dev.funless.core.schedule;

import dev.funless.core.input.Texts;
import java.util.List;

/**
 * Always the same worker for the same key of the arguments, so that what a function keeps near a
 * worker by that key (a cache, a connection, a database's shard) is found again. Among the workers
 * that the function's {@code capacity} fits into, the one with the highest score for the key is
 * taken. A worker that leaves gives only its own keys away, evenly to the others; one that comes
 * takes an equal share from each, and one that comes back under its name gets its keys again.
 *
 * <p>Known caveats: a key that is asked for more than all others keeps one worker busy. All calls
 * without the key go to one worker. Of keys that are objects or lists, the order of members counts.
 *
 * <p>Source: D. Thaler, C. Ravishankar, Using Name-Based Mappings to Increase Hit Rates, IEEE/ACM
 * Transactions on Networking 6(1), 1998 (rendezvous hashing). The score is a {@link Hash} of the
 * key's and the worker's name's.
 */
public final class HashPolicy implements SchedulingPolicy<HashConfig> {

  @Override
  public Selection select(
      HashConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    String key = Arguments.text(call.args(), config.key());
    long hash = Hash.of(key);
    Worker best = null;
    long bestScore = 0;
    for (Worker worker : workers) {
      if (Capacity.fits(call, worker)) {
        long score = score(hash, worker);
        if (best == null || score > bestScore) {
          best = worker;
          bestScore = score;
        }
      }
    }
    if (circumstances.explanation().wanted()) {
      circumstances.explanation().addAll(workers, call, best, worker -> figure(hash, worker, key));
    }
    return best == null ? Capacity.missing(call) : new Selection.Chosen(best);
  }

  private static long score(long hash, Worker worker) {
    return Hash.mixed(hash ^ worker.nameHash());
  }

  private static String figure(long hash, Worker worker, String key) {
    return "score %d for the key %s".formatted(score(hash, worker), Texts.abridged(key));
  }
}
