package dev.funless.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ports of the loopback address. */
final class Ports {

  /** Below the range that Linux gives to outgoing connections, so that a restart finds it free. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;

  private Ports() {}

  /** Says in one sentence which of the cores' ports cannot be listened on, if any. */
  static void requireFree(int first, int count) throws LaunchException {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket listening = listen(port)) {
        assert listening.isBound();
      } catch (BindException e) {
        throw new LaunchException(
            e.getMessage() != null && e.getMessage().contains("in use")
                ? "Port "
                    + port
                    + " is in use; stop what listens there or choose another with --port."
                : "Port "
                    + port
                    + " cannot be used ("
                    + e.getMessage()
                    + "); choose another with --port.",
            e);
      } catch (IOException e) {
        throw new LaunchException("Port " + port + " cannot be used: " + e + ".", e);
      }
    }
  }

  /**
   * Distinct ports that nothing listens on now, none of them from {@code reserved} on for {@code
   * reservedCount}.
   */
  static List<Integer> free(int count, int reserved, int reservedCount, RandomGenerator random)
      throws LaunchException {
    List<Integer> ports = new ArrayList<>();
    int size = LAST - FIRST;
    int start = random.nextInt(size);
    for (int i = 0; i < size && ports.size() < count; i++) {
      int port = FIRST + (start + i) % size;
      boolean taken = port >= reserved && port < reserved + reservedCount;
      if (!taken && isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new LaunchException(
          "Fewer than " + count + " ports from " + FIRST + " to " + LAST + " are free.");
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket listening = listen(port)) {
      return listening.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
