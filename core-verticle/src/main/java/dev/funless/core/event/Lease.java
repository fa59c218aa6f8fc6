package dev.funless.core.event;

import dev.funless.core.event.Leases.Held;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * This core's knowledge of one of its leases. It ends by this core's own monotonic clock before it
 * ends in the database, so whoever asks here first never does what another owner may do already: a
 * core that was stopped finds it over when it goes on. Confined to the event loop.
 */
final class Lease {

  /** How much earlier it ends here than in the database. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Held held;
  private final LongSupplier nanos;
  private long endNanos;
  private boolean isOver;

  /**
   * @param askedNanos when the database was asked for it: its own time started later
   */
  Lease(Held held, LongSupplier nanos, long askedNanos) {
    this.held = held;
    this.nanos = nanos;
    this.endNanos = end(askedNanos);
  }

  private static long end(long askedNanos) {
    return askedNanos + Leases.LEASE.minus(MARGIN).toNanos();
  }

  Held held() {
    return held;
  }

  /** Once it is over it stays so, even if the database was still asked in time. */
  void renew(long askedNanos) {
    if (holds()) {
      endNanos = end(askedNanos);
    }
  }

  boolean holds() {
    isOver = isOver || nanos.getAsLong() - endNanos >= 0;
    return !isOver;
  }

  void end() {
    isOver = true;
  }
}
