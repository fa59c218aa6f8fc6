package dev.funless.worker.outbound;

import static dev.funless.worker.outbound.Site.atMost;
import static dev.funless.worker.outbound.Site.failure;
import static dev.funless.worker.outbound.Site.get;
import static dev.funless.worker.outbound.Site.request;
import static dev.funless.worker.outbound.Site.text;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.OutboundHttp;
import dev.funless.engine.OutboundHttp.Answer;
import dev.funless.engine.OutboundHttp.Header;
import dev.funless.shared.config.Settings;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpCallsTest {

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void refusesLoopbackThatIsNotListed() throws Exception {
    int port = site.serve(request -> request.response().end("secret"));
    String uri = "http://127.0.0.1:" + port;
    assertEquals(
        uri
            + " is not called: 127.0.0.1 is a loopback address, and allowed_hosts does not list"
            + " 127.0.0.1:"
            + port,
        failure(site.calls("127.0.0.1", "localhost:*"), get(uri + "/x?token=1")));
    assertEquals(0, site.connectionsOpened.get());
  }

  @Test
  void refusesNameThatResolvesToLoopback() throws Exception {
    int port = site.serve(request -> request.response().end("secret"));
    String message = failure(site.calls(), get("http://localhost:" + port + "/"));
    assertTrue(message.contains("is a loopback address"), message);
    assertEquals(0, site.connectionsOpened.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:192.168.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
      })
  void refusesSpecialLiteral(String uri) throws Exception {
    String message = failure(site.calls("example.org:*"), get(uri));
    assertTrue(message.contains("is not called: ") || message.contains("is not an IPv4"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:*", "LOCALHOST:PORT"})
  void callsListedHost(String entry) throws Exception {
    int port = site.serve(HttpCallsTest::echo);
    OutboundHttp calls = site.calls(entry.replace("PORT", Integer.toString(port)));
    Answer answer = calls.send(get("http://localhost:" + port + "/a%20b?c=d#e"));
    assertEquals(200, answer.status());
    assertEquals("GET /a%20b?c=d localhost:" + port + " null ", text(answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void sendsBodyWithItsLength(String method) throws Exception {
    int port = site.serve(HttpCallsTest::echo);
    OutboundHttp calls = site.calls("127.0.0.1:*");
    String uri = "http://127.0.0.1:" + port + "/";
    assertEquals(
        method + " / 127.0.0.1:" + port + " 5 hello",
        text(calls.send(request(method, uri, "hello"))));
    assertEquals(
        method + " / 127.0.0.1:" + port + " 0 ", text(calls.send(request(method, uri, ""))));
  }

  @Test
  void passesOnStatusAndBytesOfAnswer() throws Exception {
    int port = site.serve(request -> request.response().setStatusCode(418).end("tea"));
    Answer answer = site.calls("127.0.0.1:*").send(request("DELETE", uri(port), ""));
    assertEquals(418, answer.status());
    assertEquals("tea", text(answer));
  }

  @Test
  void readsChunkedAnswer() throws Exception {
    int port =
        site.serve(
            request -> {
              request.response().setChunked(true).write("one ");
              site.vertx.setTimer(50, _ -> request.response().write("two "));
              site.vertx.setTimer(100, _ -> request.response().end("three"));
            });
    assertEquals("one two three", text(site.calls("127.0.0.1:*").send(get(uri(port)))));
  }

  @Test
  void acceptsAnswerOfExactlyTheBound() throws Exception {
    int port = site.serve(request -> request.response().end("x".repeat(1000)));
    Answer answer = site.calls("127.0.0.1:*").send(atMost(1000, get(uri(port))));
    assertEquals(1000, answer.body().length);
  }

  @Test
  void refusesAnswerThatAnnouncesTooMuch() throws Exception {
    int port = site.serve(request -> request.response().end("x".repeat(1001)));
    assertEquals(
        "the answer is larger than 1000 bytes",
        failure(site.calls("127.0.0.1:*"), atMost(1000, get(uri(port)))));
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void resetsAnswerThatNeverEnds() throws Exception {
    var written = new AtomicInteger();
    int port =
        site.serve(
            request -> {
              request.response().setChunked(true);
              site.vertx.setPeriodic(
                  1,
                  timer -> {
                    if (request.response().closed()) {
                      site.vertx.cancelTimer(timer);
                    } else {
                      written.incrementAndGet();
                      var _ = request.response().write("x".repeat(1000));
                    }
                  });
            });
    OutboundHttp calls = site.calls(Map.of("outbound.max_answer_bytes", "10000"), "127.0.0.1:*");
    assertEquals("the answer is larger than 10000 bytes", failure(calls, get(uri(port))));
    await().until(() -> site.connectionsOpen.get() == 0);
    assertTrue(written.get() > 10);
  }

  @Test
  void reusesConnection() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    OutboundHttp calls = site.calls("127.0.0.1:*");
    for (int i = 0; i < 20; i++) {
      assertEquals("ok", text(calls.send(get(uri(port)))));
    }
    assertEquals(1, site.connectionsOpened.get());
  }

  @Test
  void keepsNoMoreConnectionsThanConfigured() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    OutboundHttp calls = site.calls(Map.of("outbound.kept_connections", "0"), "127.0.0.1:*");
    for (int i = 0; i < 3; i++) {
      assertEquals("ok", text(calls.send(get(uri(port)))));
    }
    assertTrue(site.connectionsOpened.get() > 1);
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void closesIdleConnection() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    OutboundHttp calls = site.calls(Map.of("outbound.keep_alive_s", "1"), "127.0.0.1:*");
    calls.send(get(uri(port)));
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void sendsHeadersButNotThoseOfTheConnection() throws Exception {
    int port =
        site.serve(
            request ->
                request
                    .response()
                    .end(
                        String.join(
                            ";",
                            request.headers().entries().stream()
                                .map(header -> header.getKey() + "=" + header.getValue())
                                .sorted()
                                .toList())));
    assertEquals(
        "X-A=1;X-A=2;host=127.0.0.1:" + port,
        text(
            site.calls("127.0.0.1:*")
                .send(
                    get(
                        uri(port),
                        new Header("Host", "evil.example"),
                        new Header("X-A", "1"),
                        new Header("X-A", "2"),
                        new Header("Content-Length", "100"),
                        new Header("Transfer-Encoding", "chunked"),
                        new Header("Connection", "close")))));
  }

  @Test
  void refusesInjectedHeader() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    assertEquals(
        "the value of header X is not printable ASCII on one line",
        failure(site.calls("127.0.0.1:*"), get(uri(port), new Header("X", "a\r\nEvil: b"))));
    assertEquals(0, site.connectionsOpened.get());
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    int port = site.serve(_ -> {});
    site.close();
    try (var other = new Site()) {
      String message = failure(other.calls("127.0.0.1:*"), get(uri(port)));
      assertTrue(
          message.startsWith("no connection to http://127.0.0.1:" + port + ": Connection refused"),
          message);
    }
  }

  @Test
  void saysWhenServerHangsUp() throws Exception {
    int port = site.serve(request -> request.connection().close());
    String message = failure(site.calls("127.0.0.1:*"), get(uri(port)));
    assertTrue(message.startsWith("the call to http://127.0.0.1:" + port + " failed: "), message);
  }

  @Test
  void failsAfterClose() throws Exception {
    var calls = new HttpCalls(site.vertx, OutboundConfig.read(Settings.of(Map.of())));
    OutboundHttp ofFunction = calls.forFunction(List.of("127.0.0.1:*"));
    Site.await(calls.close());
    String message = failure(ofFunction, get("http://127.0.0.1:1/"));
    assertTrue(message.contains("http://127.0.0.1:1"), message);
  }

  private static String uri(int port) {
    return "http://127.0.0.1:" + port + "/";
  }

  private static void echo(HttpServerRequest request) {
    var _ =
        request
            .body()
            .onSuccess(
                body ->
                    request
                        .response()
                        .end(
                            "%s %s %s %s %s"
                                .formatted(
                                    request.method(),
                                    request.uri(),
                                    request.getHeader("Host"),
                                    request.getHeader("Content-Length"),
                                    body)));
  }
}
