package dev.funless.core.sink.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The places for deliveries in flight. Confined to the deliverer's event loop.
 *
 * <p>A sink whose last delivery failed gets one place until one arrives, so that those which are
 * down hold few of all places.
 */
final class Slots {

  /** Of results in flight; what is read at once is decoded at once, on an event loop. */
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  /** A bound on what is remembered. */
  private static final int MAX_FAILING = 10_000;

  private final int most;
  private final int mostPerSink;
  private final Map<Long, Integer> bySink = new HashMap<>();
  private final Set<Long> failing = new HashSet<>();
  private int taken;
  private long bytes;

  Slots(int most, int mostPerSink) {
    this.most = most;
    this.mostPerSink = mostPerSink;
  }

  void take(Claimed claimed) {
    bySink.merge(claimed.sinkId(), 1, Integer::sum);
    taken++;
    bytes += bytes(claimed);
  }

  void release(Claimed claimed) {
    bySink.computeIfPresent(claimed.sinkId(), (_, busy) -> busy == 1 ? null : busy - 1);
    taken--;
    bytes -= bytes(claimed);
  }

  private static long bytes(Claimed claimed) {
    return claimed.result().json().length();
  }

  void arrived(long sinkId) {
    failing.remove(sinkId);
  }

  void failed(long sinkId) {
    if (failing.size() < MAX_FAILING) {
      failing.add(sinkId);
    }
  }

  int room() {
    return most - taken;
  }

  long roomBytes() {
    return MAX_BYTES - bytes;
  }

  boolean isFull() {
    return room() <= 0 || roomBytes() <= 0;
  }

  boolean isEmpty() {
    return taken == 0;
  }

  /** How many more those sinks may be given that may not be given as many as usual. */
  Map<Long, Integer> rooms() {
    Map<Long, Integer> rooms = new HashMap<>();
    failing.forEach(sink -> rooms.put(sink, 1));
    bySink.forEach(
        (sink, busy) ->
            rooms.put(sink, Math.max(0, (failing.contains(sink) ? 1 : mostPerSink) - busy)));
    return rooms;
  }
}
