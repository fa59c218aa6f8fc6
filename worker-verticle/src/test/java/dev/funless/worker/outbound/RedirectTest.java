package dev.funless.worker.outbound;

import static dev.funless.worker.outbound.Site.failure;
import static dev.funless.worker.outbound.Site.get;
import static dev.funless.worker.outbound.Site.request;
import static dev.funless.worker.outbound.Site.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.OutboundHttp.Answer;
import dev.funless.engine.OutboundHttp.Header;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RedirectTest {

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void refusesRedirectFromListedToUnlistedAddress() throws Exception {
    var reached = new AtomicInteger();
    int secret =
        site.serve(
            request -> {
              reached.incrementAndGet();
              request.response().end("secret");
            });
    int port = site.serve(redirect(302, "http://127.0.0.1:" + secret + "/"));
    String message = failure(site.calls("127.0.0.1:" + port), get(uri(port)));
    assertTrue(message.endsWith("allowed_hosts does not list 127.0.0.1:" + secret), message);
    assertEquals(0, reached.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://[::1]:6379/",
        "ftp://127.0.0.1/",
        "http://user@127.0.0.1/",
        "http://a b/",
      })
  void refusesRedirectToWhatMayNotBeCalled(String location) throws Exception {
    int port = site.serve(redirect(307, location));
    String message = failure(site.calls("127.0.0.1:*"), get(uri(port)));
    assertTrue(!message.startsWith("no failure"), message);
    assertEquals(1, site.connectionsOpened.get());
  }

  @ParameterizedTest
  @CsvSource({
    "301, GET /b 0",
    "302, GET /b 0",
    "303, GET /b 0",
    "307, POST /b 5",
    "308, POST /b 5",
  })
  void followsRedirectOfPost(int status, String expected) throws Exception {
    int port =
        site.serve(
            request -> {
              if (request.path().equals("/a")) {
                redirect(status, "b").handle(request);
              } else {
                var _ =
                    request
                        .body()
                        .onSuccess(
                            body ->
                                request
                                    .response()
                                    .end(
                                        request.method()
                                            + " "
                                            + request.uri()
                                            + " "
                                            + body.length()));
              }
            });
    Answer answer = site.calls("127.0.0.1:*").send(request("POST", uri(port) + "a", "hello"));
    assertEquals(expected, text(answer));
    assertEquals(1, site.connectionsOpened.get());
  }

  @Test
  void dropsCredentialsWhenRedirectedToAnotherPort() throws Exception {
    int other =
        site.serve(
            request ->
                request
                    .response()
                    .end(
                        request.getHeader("Authorization")
                            + request.getHeader("Cookie")
                            + request.getHeader("X-Kept")));
    int port = site.serve(redirect(302, uri(other)));
    assertEquals(
        "nullnullyes",
        text(
            site.calls("127.0.0.1:*")
                .send(
                    get(
                        uri(port),
                        new Header("authorization", "Bearer x"),
                        new Header("cookie", "a=b"),
                        new Header("X-Kept", "yes")))));
  }

  @Test
  void followsAtMostFiveRedirects() throws Exception {
    var requests = new AtomicInteger();
    int port =
        site.serve(
            request -> {
              int step = Integer.parseInt(request.path().substring(1));
              requests.incrementAndGet();
              if (step == 0) {
                request.response().end("there");
              } else {
                redirect(302, "/" + (step - 1)).handle(request);
              }
            });
    assertEquals("there", text(site.calls("127.0.0.1:*").send(get(uri(port) + "5"))));
    assertEquals(
        "more than 5 redirects", failure(site.calls("127.0.0.1:*"), get(uri(port) + "100")));
    assertEquals(12, requests.get());
    assertEquals(
        "more than 0 redirects",
        failure(
            site.calls(Map.of("outbound.max_redirects", "0"), "127.0.0.1:*"),
            get(uri(port) + "1")));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 305})
  void answersStatusThatIsNoRedirect(int status) throws Exception {
    int port = site.serve(redirect(status, "http://10.0.0.1/"));
    assertEquals(status, site.calls("127.0.0.1:*").send(get(uri(port))).status());
  }

  @Test
  void answersRedirectWithoutLocation() throws Exception {
    int port = site.serve(request -> request.response().setStatusCode(302).end("where?"));
    Answer answer = site.calls("127.0.0.1:*").send(get(uri(port)));
    assertEquals(302, answer.status());
    assertEquals("where?", text(answer));
  }

  @Test
  void followsRedirectWhoseBodyIsHuge() throws Exception {
    int port =
        site.serve(
            request -> {
              if (request.path().equals("/a")) {
                request
                    .response()
                    .setStatusCode(302)
                    .putHeader("Location", "/b")
                    .setChunked(true)
                    .end("x".repeat(1_000_000));
              } else {
                request.response().end("there");
              }
            });
    assertEquals("there", text(site.calls("127.0.0.1:*").send(get(uri(port) + "a"))));
  }

  private static Handler<HttpServerRequest> redirect(int status, String location) {
    return request ->
        request.response().setStatusCode(status).putHeader("Location", location).end();
  }

  private static String uri(int port) {
    return "http://127.0.0.1:" + port + "/";
  }
}
