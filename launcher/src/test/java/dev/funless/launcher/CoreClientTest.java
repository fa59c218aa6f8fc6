package dev.funless.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CoreClientTest {

  private static final Duration BOUND = Duration.ofSeconds(5);

  /** What the server answers next; guarded by itself. The last answer is given again and again. */
  private final Deque<Http.Reply> answers = new ArrayDeque<>();

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Http http = new Http();
  private HttpServer server;
  private CoreClient core;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("Authorization")
                    + "\n"
                    + new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            Http.Reply reply;
            synchronized (answers) {
              reply = answers.size() > 1 ? answers.pop() : answers.peek();
            }
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    core = new CoreClient(http, server.getAddress().getPort(), new Tokens("adm", "gst"));
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  @Test
  void readsTheNamesOfWorkersAsAdmin() throws Exception {
    answer(
        200, "{\"data\":[{\"cpu\":{\"name\":\"x\"},\"name\":\"worker1\"},{\"name\":\"w2\"},{}]}");
    assertEquals(Set.of("worker1", "w2"), core.workers(BOUND));
    assertEquals(List.of("GET /v1/workers Bearer adm\n"), requests);
  }

  @Test
  void answerThatMakesNoSenseIsShown() {
    answer(200, "<html>\n  <p>hello");
    LaunchException failure = assertThrows(LaunchException.class, () -> core.workers(BOUND));
    assertTrue(
        failure.getMessage().endsWith("answered /v1/workers with 200: <html> <p>hello"),
        failure.getMessage());
  }

  @Test
  void looksForFunctionAsGuest() throws Exception {
    answer(200, "{}");
    answer(404, "{}");
    answer(401, "{\"errors\":{\"detail\":\"Unauthorized\"}}");
    assertTrue(core.hasFunction("hello", BOUND));
    assertFalse(core.hasFunction("hello", BOUND));
    assertThrows(LaunchException.class, () -> core.hasFunction("hello", BOUND));
    assertEquals("GET /v1/fn/_/hello Bearer gst\n", requests.getFirst());
  }

  @Test
  void uploadsCodeByteForByte() throws Exception {
    answer(201, "{}");
    byte[] code = new byte[256];
    for (int i = 0; i < code.length; i++) {
      code[i] = (byte) i;
    }
    core.create("hello", code, BOUND);
    String request = requests.getFirst();
    assertTrue(request.startsWith("POST /v1/fn/_ Bearer gst\n--funless-up-"), request);
    assertTrue(request.contains("name=\"name\"\r\n\r\nhello\r\n--funless-up-"), request);
    assertTrue(
        request.contains(
            "Content-Type: application/wasm\r\n\r\n"
                + new String(code, ISO_8859_1)
                + "\r\n--funless-up-"),
        request);
    assertTrue(request.endsWith("--\r\n"), request);
  }

  @Test
  void functionThatSomebodyElseCreatedIsFineAndRefusedCodeIsNot() throws Exception {
    answer(409, "{}");
    answer(422, "{\"errors\":{\"detail\":\"no wasm\"}}");
    core.create("hello", new byte[0], BOUND);
    LaunchException refused =
        assertThrows(LaunchException.class, () -> core.create("hello", new byte[0], BOUND));
    assertTrue(refused.getMessage().endsWith("422: {\"errors\":{\"detail\":\"no wasm\"}}"));
  }

  @Test
  void invocationWaitsForWorker() throws Exception {
    answer(503, "{\"errors\":{\"detail\":\"no worker\"}}");
    answer(200, "{\"data\": {\"a\" : 1} }");
    assertEquals("{\"a\" : 1}", core.invoke("hello", "{\"b\":2}", BOUND));
    assertEquals(2, requests.size());
    assertEquals("POST /v1/fn/_/hello Bearer gst\n{\"args\":{\"b\":2}}", requests.getLast());
  }

  @Test
  void invocationThatNoWorkerTakesEndsAtItsBound() {
    answer(503, "{\"errors\":{\"detail\":\"no worker\"}}");
    assertThrows(LaunchException.class, () -> core.invoke("hello", "{}", Duration.ofMillis(700)));
    assertTrue(requests.size() > 1);
  }

  @Test
  void failedInvocationIsShown() {
    answer(422, "{\"errors\":{\"detail\":\"Error: it trapped\"}}");
    LaunchException failure =
        assertThrows(LaunchException.class, () -> core.invoke("hello", "{}", BOUND));
    assertTrue(failure.getMessage().contains("Error: it trapped"));
  }

  @Test
  void readyIsStatus200Alone() throws Exception {
    int port = server.getAddress().getPort();
    answer(503, "");
    answer(200, "");
    assertFalse(http.ready(port, BOUND));
    assertTrue(http.ready(port, BOUND));
    server.stop(0);
    assertFalse(http.ready(port, BOUND));
  }

  private void answer(int status, String body) {
    synchronized (answers) {
      answers.add(new Http.Reply(status, body));
    }
  }
}
