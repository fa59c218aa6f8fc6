package dev.funless.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.bench.HelloServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {

  private static final String ANSWER = "{\"data\":{\"payload\":\"Hello!\"}}";
  private static final byte[] REQUEST =
      "POST /hello HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8);

  @Test
  void countsOnlyRightAnswersOfTheHelloServer() throws Exception {
    try (HelloServer server = hello()) {
      Measurement measured = LoadGenerator.run(load(server.port(), 8, ANSWER));

      assertEquals(Map.of(), measured.errors());
      assertTrue(measured.right() > 100, "only " + measured.right() + " answers");
      assertEquals(measured.right(), measured.latencyNanos().getTotalCount());
      assertTrue(measured.received() >= measured.right());
      assertTrue(measured.received() <= measured.right() + 8, "more late ones than connections");
      assertEquals(Duration.ofSeconds(1), measured.elapsed());
      assertEquals((double) measured.right(), measured.requestsPerSecond(), 0.001);
      assertTrue(measured.latencyMicros(50) > 1 && measured.latencyMicros(50) < 1_000_000);
      assertTrue(measured.latencyMicros(99) >= measured.latencyMicros(50));
    }
  }

  @Test
  void reportsEveryWrongBody() throws Exception {
    try (HelloServer server = hello()) {
      String other = ANSWER.replace('!', '?');
      Measurement measured = LoadGenerator.run(load(server.port(), 2, other));

      assertEquals(0, measured.right());
      assertTrue(measured.received() > 0);
      assertEquals(Map.of("a wrong answer: 200 " + ANSWER, measured.received()), measured.errors());
    }
  }

  @Test
  void reportsAWrongStatus() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 503 X\r\nContent-Length: 2\r\n\r\n{}")) {
      Measurement measured = LoadGenerator.run(load(server.port(), 1, "{}"));

      assertEquals(0, measured.right());
      assertEquals(Map.of("a wrong answer: 503 {}", measured.received()), measured.errors());
    }
  }

  @Test
  void reportsAConnectionThatClosesWithinAnAnswer() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.closingAfter("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")) {
      Measurement measured = LoadGenerator.run(load(server.port(), 3, "hello"));

      assertEquals(
          Map.of("a broken connection: the connection closed before the answer was complete", 3L),
          measured.errors());
      assertEquals(0, measured.received());
    }
  }

  @Test
  void reportsASecondAnswerThatNobodyAskedFor() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    try (ScriptedServer server = ScriptedServer.answering(answer + answer)) {
      Measurement measured = LoadGenerator.run(load(server.port(), 1, "{}"));

      assertEquals(
          Map.of("a broken connection: more bytes than the one answer", 1L), measured.errors());
    }
  }

  @Test
  void givesUpAConnectionThatIsNeverAnswered() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("")) {
      Measurement measured =
          LoadGenerator.run(
              new Load(
                  address(server.port()),
                  REQUEST,
                  200,
                  ANSWER.getBytes(UTF_8),
                  2,
                  Duration.ofMillis(100),
                  Duration.ofMillis(300)));

      assertEquals(Map.of("a broken connection: no answer within PT0.3S", 2L), measured.errors());
    }
  }

  @Test
  void failsWhereNobodyListens() throws Exception {
    // Bound, so that nobody else takes the port meanwhile, and without anybody who listens.
    try (Socket bound = new Socket()) {
      bound.bind(address(0));
      int port = bound.getLocalPort();
      assertThrows(IOException.class, () -> LoadGenerator.run(load(port, 1, ANSWER)));
    }
  }

  private static HelloServer hello() throws Exception {
    return HelloServer.start(new HelloServer.Config(2, "/hello", ANSWER, Map.of("X-Name", "x")));
  }

  private static Load load(int port, int connections, String answer) {
    return new Load(
        address(port),
        REQUEST,
        200,
        answer.getBytes(UTF_8),
        connections,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5));
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
