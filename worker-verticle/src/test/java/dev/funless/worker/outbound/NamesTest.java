package dev.funless.worker.outbound;

import static dev.funless.worker.outbound.Site.failure;
import static dev.funless.worker.outbound.Site.get;
import static dev.funless.worker.outbound.Site.text;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.OutboundHttp;
import dev.funless.shared.config.Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a resolver that answers what the test says: no name leaves the machine. */
@Timeout(30)
class NamesTest {

  private static final InetAddress PUBLIC = InetAddress.ofLiteral("8.8.8.8");

  private final Site site = new Site();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    site.close();
  }

  @Test
  void refusesNameWithOneForbiddenAddressAmongPublicOnes() throws Exception {
    OutboundHttp calls =
        site.calls(_ -> new InetAddress[] {PUBLIC, InetAddress.ofLiteral("10.0.0.1")});
    assertEquals(
        "https://mixed.example is not called: 10.0.0.1 is a private address, and allowed_hosts"
            + " does not list mixed.example:443",
        failure(calls, get("https://mixed.example/")));
  }

  @Test
  void checksNameAnewForEachCall() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    var asked = new AtomicInteger();
    // Public when the function's author looks, loopback when the call is made.
    OutboundHttp calls =
        site.calls(
            _ -> {
              asked.incrementAndGet();
              return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
            });
    String message = failure(calls, get("http://rebound.example:" + port + "/"));
    assertTrue(message.contains("127.0.0.1 is a loopback address"), message);
    assertEquals(1, asked.get());
    assertEquals(0, site.connectionsOpened.get());
  }

  @Test
  void connectsToAddressOfNow() throws Exception {
    int port = site.serve(request -> request.response().end("one " + request.getHeader("Host")));
    site.serve(
        "127.0.0.2",
        port,
        new HttpServerOptions(),
        request -> request.response().end("two " + request.getHeader("Host")));
    var asked = new AtomicInteger();
    OutboundHttp calls =
        site.calls(
            name ->
                new InetAddress[] {
                  InetAddress.getByAddress(
                      name, new byte[] {127, 0, 0, (byte) asked.incrementAndGet()})
                },
            "moving.example:*");
    String host = "moving.example:" + port;
    assertEquals("one " + host, text(calls.send(get("http://" + host + "/"))));
    // A connection to 127.0.0.1 under that name is idle in the pool now.
    assertEquals("two " + host, text(calls.send(get("http://" + host + "/"))));
    assertEquals(2, asked.get());
  }

  @Test
  void resolvesOncePerHop() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    var asked = new AtomicInteger();
    OutboundHttp calls =
        site.calls(
            name -> {
              assertEquals("service.example", name);
              // Whoever asked again would be led elsewhere.
              return new InetAddress[] {
                InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.3")
              };
            },
            "service.example:*");
    assertEquals("ok", text(calls.send(get("http://Service.Example.:" + port + "/"))));
    assertEquals(1, asked.get());
  }

  @Test
  void triesNextAddressWhereNobodyListens() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    OutboundHttp calls =
        site.calls(
            _ ->
                new InetAddress[] {
                  InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")
                },
            "service.example:*");
    assertEquals("ok", text(calls.send(get("http://service.example:" + port + "/"))));
  }

  @Test
  void saysWhenNameIsUnknown() throws Exception {
    OutboundHttp calls =
        site.calls(
            name -> {
              throw new UnknownHostException(name);
            });
    assertEquals(
        "the name gone.example cannot be resolved", failure(calls, get("http://gone.example/")));
  }

  @Test
  void boundsResolutionInTimeAndNumber() throws Exception {
    var asked = new CountDownLatch(1);
    OutboundHttp calls =
        site.calls(
            Map.of(
                "outbound.dns_timeout_ms", "1500",
                "outbound.dns_threads", "1",
                "outbound.dns_waiting", "1"),
            _ -> {
              asked.countDown();
              awaitForEver();
              throw new UnknownHostException();
            },
            new ClientSSLOptions());
    var first = new FutureTask<>(() -> failure(calls, get("http://first.example/")));
    Thread.ofPlatform().start(first);
    asked.await();
    var second = new FutureTask<>(() -> failure(calls, get("http://second.example/")));
    Thread waiting = Thread.ofPlatform().start(second);
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    assertEquals(
        "the name third.example has to wait behind too many others",
        failure(calls, get("http://third.example/")));
    assertEquals("the name first.example was not resolved in time", first.get());
    assertEquals("the name second.example was not resolved in time", second.get());
  }

  @Test
  void interruptEndsResolution() throws Exception {
    var asked = new CountDownLatch(1);
    OutboundHttp calls =
        site.calls(
            _ -> {
              asked.countDown();
              awaitForEver();
              throw new UnknownHostException();
            });
    var call =
        new FutureTask<>(
            () ->
                assertThrows(
                    InterruptedException.class, () -> calls.send(get("http://slow.example/"))));
    Thread guest = Thread.ofPlatform().start(call);
    asked.await();
    guest.interrupt();
    call.get();
  }

  @Test
  void asksNobodyForLiteral() throws Exception {
    try (var names = new Names(_ -> new InetAddress[0], config())) {
      assertEquals(
          List.of(InetAddress.ofLiteral("::1")),
          names.addresses(Host.parse("[::1]"), Deadline.in(Duration.ofSeconds(1))));
    }
  }

  private static OutboundConfig config() {
    return OutboundConfig.read(Settings.of(Map.of()));
  }

  /** As the system's resolver does: without looking up when interrupted. */
  private void awaitForEver() {
    boolean waiting = true;
    while (waiting) {
      try {
        never.await();
        waiting = false;
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
  }
}
