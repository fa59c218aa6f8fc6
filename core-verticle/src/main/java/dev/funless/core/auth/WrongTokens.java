package dev.funless.core.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down who sends tokens that nobody has: an address has {@value #BURST} tries at once, and
 * five a second after that. Who is answered later than {@link #LONGEST} is not answered any more.
 * Right tokens are never slowed down, whoever else shares their address. Thread-safe.
 *
 * <p>Source: the generic cell rate algorithm, ITU-T I.371.
 */
public final class WrongTokens {

  private static final int BURST = 20;
  private static final long EACH_NANOS = Duration.ofMillis(200).toNanos();
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** How many addresses are remembered; the one that was seen longest ago goes first. */
  private static final int MAX_ADDRESSES = 10_000;

  /** Until when an address's tries are used up, if each took its time. Guarded by this. */
  private final Map<String, Long> usedUntilNanos =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  /**
   * Takes a wrong token in.
   *
   * @return how long its answer has to wait; absent where there were too many
   */
  public synchronized Optional<Duration> tried(String address, long nowNanos) {
    long used = usedUntilNanos.getOrDefault(address, nowNanos);
    long start = used - nowNanos > 0 ? used : nowNanos;
    long wait = Math.max(0, start - nowNanos - (BURST - 1) * EACH_NANOS);
    if (wait > LONGEST.toNanos()) {
      return Optional.empty();
    }
    usedUntilNanos.put(address, start + EACH_NANOS);
    return Optional.of(Duration.ofNanos(wait));
  }
}
