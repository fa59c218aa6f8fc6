package dev.funless.core.event;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: from half a second, doubled each time, to half a minute;
 * each time by chance between half of that and all. Not thread-safe.
 */
public final class BackOff {

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 30_000;

  private long millis = FIRST_MILLIS;

  public long nextMillis() {
    long now = millis;
    millis = Math.min(LONGEST_MILLIS, millis * 2);
    return ThreadLocalRandom.current().nextLong(now / 2, now + 1);
  }

  public void reset() {
    millis = FIRST_MILLIS;
  }
}
