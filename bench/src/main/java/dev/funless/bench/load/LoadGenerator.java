package dev.funless.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * A closed loop on the calling thread: each connection sends its next request when its answer has
 * arrived and was checked. One thread and one selector cost the servers under test, which share the
 * cores, the least.
 *
 * <p>A wrong answer is counted and its connection goes on; a connection that breaks (closed, not
 * HTTP/1.1, too late) is counted and not opened again. The run ends early when none is left.
 *
 * <p>Caveat of any closed loop: a server that stalls is also asked less, so that a stall shows in
 * as many latencies as there are connections and no more.
 */
public final class LoadGenerator {

  private static final int RECEIVE_BYTES = 64 * 1024;
  private static final long TICK_MILLIS = 50;
  private static final long LOWEST_LATENCY_NANOS = 100;
  private static final int LATENCY_DIGITS = 3;

  private final Load load;
  private final Selector selector;
  private final ByteBuffer request;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
  private final Set<Connection> connections = new HashSet<>();
  private final Histogram latencyNanos =
      new Histogram(LOWEST_LATENCY_NANOS, Load.LONGEST_ANSWER.toNanos(), LATENCY_DIGITS);
  private final Errors errors = new Errors();
  private long endNanos;
  private long right;
  private long received;

  private LoadGenerator(Load load, Selector selector) {
    this.load = load;
    this.selector = selector;
    this.request = ByteBuffer.allocateDirect(load.request().length).put(load.request()).flip();
  }

  /**
   * Runs {@code load} to its end, at most its duration and one answer deadline.
   *
   * @throws IOException when a connection cannot be opened
   */
  public static Measurement run(Load load) throws IOException {
    try (Selector selector = Selector.open()) {
      LoadGenerator generator = new LoadGenerator(load, selector);
      try {
        return generator.run();
      } finally {
        generator.close(List.copyOf(generator.connections));
      }
    }
  }

  private Measurement run() throws IOException {
    for (int i = 0; i < load.connections(); i++) {
      connections.add(Connection.open(load, selector, request));
    }
    long startNanos = System.nanoTime();
    endNanos = startNanos + load.duration().toNanos();
    for (Connection connection : List.copyOf(connections)) {
      send(connection, System.nanoTime());
    }
    long tickNanos = startNanos;
    while (!connections.isEmpty()) {
      selector.select(this::onReady, TICK_MILLIS);
      long now = System.nanoTime();
      if (now - tickNanos > TICK_MILLIS * 1_000_000) {
        tickNanos = now;
        breakTheLate(now);
      }
    }
    long elapsedNanos = Math.min(System.nanoTime() - startNanos, load.duration().toNanos());
    return new Measurement(
        right, received, Duration.ofNanos(elapsedNanos), latencyNanos, errors.counts());
  }

  private void onReady(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.flush();
      }
      if (key.isReadable() && connection.receive(buffer)) {
        answered(connection, System.nanoTime());
      }
    } catch (IOException e) {
      broken(connection, e);
    }
  }

  private void answered(Connection connection, long now) {
    received++;
    ResponseParser answer = connection.answer();
    if (answer.status() != load.status() || !answer.bodyIs(load.answer())) {
      errors.add("a wrong answer: " + answer.status() + " " + answer.keptBody());
    } else if (now <= endNanos) {
      right++;
      latencyNanos.recordValue(
          Math.min(now - connection.sentNanos(), latencyNanos.getHighestTrackableValue()));
    }
    if (now < endNanos) {
      send(connection, now);
    } else {
      close(List.of(connection));
    }
  }

  private void send(Connection connection, long now) {
    try {
      connection.send(now);
    } catch (IOException e) {
      broken(connection, e);
    }
  }

  private void breakTheLate(long now) {
    long deadlineNanos = load.answerDeadline().toNanos();
    for (Connection connection : List.copyOf(connections)) {
      if (now - connection.sentNanos() > deadlineNanos) {
        broken(connection, new IOException("no answer within " + load.answerDeadline()));
      }
    }
  }

  private void broken(Connection connection, IOException cause) {
    errors.add("a broken connection: " + cause.getMessage());
    close(List.of(connection));
  }

  private void close(List<Connection> ended) {
    for (Connection connection : ended) {
      connections.remove(connection);
      try {
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
