package dev.funless.worker.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.config.Settings;
import dev.funless.shared.function.ServiceUrl;
import dev.funless.worker.AcceptingServer;
import dev.funless.worker.outbound.OutboundConfig;
import dev.funless.worker.outbound.Reach;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandshakesTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void tellsTheTimeAndClosesTheConnection() throws Exception {
    try (Handshakes handshakes = handshakes(LONG);
        AcceptingServer server = new AcceptingServer()) {
      double millis = handshakes.millis(service(server.host(), true));

      assertTrue(millis > 0 && millis < 60_000, () -> "" + millis);
      assertEquals(2, server.connect());
    }
  }

  @Test
  void connectsToNobodyWhoIsNotListed() throws Exception {
    try (Handshakes handshakes = handshakes(LONG);
        AcceptingServer server = new AcceptingServer()) {
      IOException e =
          assertThrows(IOException.class, () -> handshakes.millis(service(server.host(), false)));

      assertTrue(e.getMessage().contains("127.0.0.1 is a loopback address"), e.getMessage());
      assertEquals(1, server.connect());
    }
  }

  @Test
  void refusedConnectionsAreFailures() throws Exception {
    // Bound, so that nobody else takes the port meanwhile, and without anybody who listens.
    try (Socket bound = new Socket();
        Handshakes handshakes = handshakes(LONG)) {
      bound.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      String host = "127.0.0.1:" + bound.getLocalPort();
      assertThrows(ConnectException.class, () -> handshakes.millis(service(host, true)));
    }
  }

  @Test
  void givesUpOnWhoDoesNotAnswer() throws Exception {
    try (SilentServer server = new SilentServer();
        Handshakes handshakes = handshakes(Duration.ofMillis(50))) {
      assertThrows(SocketTimeoutException.class, () -> handshakes.millis(server.service()));
    }
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    try (SilentServer server = new SilentServer()) {
      Handshakes handshakes = handshakes(LONG);
      var measurement =
          new FutureTask<>(
              () -> assertThrows(IOException.class, () -> handshakes.millis(server.service())));
      Thread thread = Thread.ofPlatform().daemon().start(measurement);
      // Whether it connects by now or only begins to, closing ends it.
      thread.join(Duration.ofMillis(100));

      handshakes.close();

      measurement.get(30, TimeUnit.SECONDS);
    }
  }

  private static Handshakes handshakes(Duration timeout) {
    return new Handshakes(new Reach(OutboundConfig.read(Settings.of(Map.of()))), timeout);
  }

  private static Service service(String host, boolean listed) {
    return new Service(ServiceUrl.parse("tcp://" + host), listed);
  }

  /** Its queue of connections is full, so the system lets new ones wait. */
  private static final class SilentServer implements AutoCloseable {

    private static final int MOST = 100;
    private static final int PATIENCE_MILLIS = 200;

    private final ServerSocket listening =
        new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    private final List<Socket> waiting = new ArrayList<>();

    SilentServer() throws IOException {
      boolean accepts = true;
      while (accepts && waiting.size() < MOST) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(
              new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()),
              PATIENCE_MILLIS);
        } catch (SocketTimeoutException e) {
          accepts = false;
        }
      }
    }

    Service service() {
      return HandshakesTest.service("127.0.0.1:" + listening.getLocalPort(), true);
    }

    @Override
    public void close() throws IOException {
      listening.close();
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }
}
