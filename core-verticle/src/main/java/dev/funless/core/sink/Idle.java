package dev.funless.core.sink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that are kept while they are used: one for each key, closed after a while without
 * use, as when its sink is gone. Thread-safe.
 */
final class Idle<K, C> {

  private static final Logger log = LoggerFactory.getLogger(Idle.class);

  private static final long LOOK_MILLIS = 5_000;

  private final class Entry {
    final C connection;
    int users;
    long usedNanos;

    Entry(C connection) {
      this.connection = connection;
    }
  }

  private final Function<K, C> open;
  private final Function<C, Future<?>> close;
  private final long keepNanos;
  private final Map<K, Entry> entries = new HashMap<>();

  Idle(Vertx vertx, Duration keep, Function<K, C> open, Function<C, Future<?>> close) {
    this.open = open;
    this.close = close;
    this.keepNanos = keep.toNanos();
    vertx.setPeriodic(Math.min(LOOK_MILLIS, keep.toMillis()), _ -> closeUnused());
  }

  /** Uses the one of that key; it is opened where there is none. */
  <T> Future<T> use(K key, Function<C, Future<T>> action) {
    Entry entry = taken(key);
    try {
      return action.apply(entry.connection).onComplete(_ -> release(entry));
    } catch (RuntimeException e) {
      release(entry);
      throw e;
    }
  }

  private synchronized Entry taken(K key) {
    Entry entry = entries.computeIfAbsent(key, _ -> new Entry(open.apply(key)));
    entry.users++;
    return entry;
  }

  private synchronized void release(Entry entry) {
    entry.users--;
    entry.usedNanos = System.nanoTime();
  }

  private synchronized void closeUnused() {
    long now = System.nanoTime();
    entries
        .values()
        .removeIf(
            entry -> {
              boolean isUnused = entry.users == 0 && now - entry.usedNanos > keepNanos;
              if (isUnused) {
                close
                    .apply(entry.connection)
                    .onFailure(e -> log.debug("A connection did not close: {}", e.toString()));
              }
              return isUnused;
            });
  }

  synchronized int size() {
    return entries.size();
  }
}
