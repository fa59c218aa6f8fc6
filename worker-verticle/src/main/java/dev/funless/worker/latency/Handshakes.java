package dev.funless.worker.latency;

import dev.funless.worker.outbound.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long services take to accept a TCP connection, which is closed at once. Blocks the
 * calling thread, so that an event loop with much to do adds nothing to the time. Thread-safe.
 */
final class Handshakes implements AutoCloseable {

  private static final double NANOS_PER_MILLI = 1_000_000;

  private final Reach reach;
  private final Duration timeout;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param timeout how long a name may take to be resolved, and then its addresses, together, to
   *     accept a connection
   */
  Handshakes(Reach reach, Duration timeout) {
    this.reach = reach;
    this.timeout = timeout;
  }

  /**
   * The time that the first of the service's addresses took that accepts, in milliseconds.
   *
   * @throws IOException where none accepts in time, or the service may not be connected to
   */
  double millis(Service service) throws IOException, InterruptedException {
    List<InetAddress> addresses = reach.addresses(service.url(), service.listed(), timeout);
    long deadline = System.nanoTime() + timeout.toNanos();
    for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
      try {
        return millis(address, service.url().port(), deadline);
      } catch (IOException e) {
        // The next one may accept.
      }
    }
    return millis(addresses.getLast(), service.url().port(), deadline);
  }

  private double millis(InetAddress address, int port, long deadline) throws IOException {
    Socket socket = new Socket(Proxy.NO_PROXY);
    open.add(socket);
    try (socket) {
      if (closed) {
        throw new IOException("the worker stops");
      }
      int left = remainingMillis(deadline);
      long start = System.nanoTime();
      socket.connect(new InetSocketAddress(address, port), left);
      return (System.nanoTime() - start) / NANOS_PER_MILLI;
    } finally {
      open.remove(socket);
    }
  }

  /** At least 1, because 0 means for ever to a socket. */
  private static int remainingMillis(long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left < 0) {
      throw new SocketTimeoutException("no address has accepted in time");
    }
    return (int) left + 1;
  }

  /** Ends what is under way; later measurements fail. */
  @Override
  public void close() throws IOException {
    closed = true;
    reach.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
