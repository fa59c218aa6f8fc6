package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortsTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void namesThePortThatIsTakenOnAnyAddress(String address) throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
      int port = taken.getLocalPort();
      LaunchException failure =
          assertThrows(LaunchException.class, () -> Ports.requireFree(port - 1, 3));
      assertTrue(failure.getMessage().startsWith("Port " + port + " is in use; "));
    }
  }

  @Test
  void portThatWasJustClosedIsFree() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    assertDoesNotThrow(() -> Ports.requireFree(port, 1));
  }

  @Test
  void freePortsAreDistinctAndNeitherTakenNorReserved() throws Exception {
    int first = Ports.free(1, 0, 0, new Random(7)).getFirst();
    try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      List<Integer> ports = Ports.free(50, first + 2, 5, new Random(7));
      assertEquals(50, new HashSet<>(ports).size());
      assertFalse(ports.contains(taken.getLocalPort()));
      assertTrue(ports.stream().noneMatch(port -> port >= first + 2 && port < first + 7));
    }
  }

  @Test
  void askingForMorePortsThanThereAreFails() {
    assertThrows(LaunchException.class, () -> Ports.free(12_001, 0, 0, new Random(1)));
  }
}
