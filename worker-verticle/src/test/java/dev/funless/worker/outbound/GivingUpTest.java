package dev.funless.worker.outbound;

import static dev.funless.worker.outbound.Site.failure;
import static dev.funless.worker.outbound.Site.get;
import static dev.funless.worker.outbound.Site.text;
import static dev.funless.worker.outbound.Site.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.OutboundHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GivingUpTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void resetsCallAtItsDeadline() throws Exception {
    int port = site.serve(_ -> {});
    long start = System.nanoTime();
    assertEquals(
        "no answer from http://127.0.0.1:" + port + " in time",
        failure(site.calls("127.0.0.1:*"), within(SHORT, get(uri(port)))));
    long tookMillis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(tookMillis >= 300 && tookMillis < 5_000, tookMillis + " ms");
    await().until(() -> site.connectionsOpen.get() == 0);
    assertEquals(1, site.connectionsOpened.get());
  }

  @Test
  void boundsCallByConfiguredTotal() throws Exception {
    int port = site.serve(_ -> {});
    OutboundHttp calls = site.calls(Map.of("outbound.total_timeout_ms", "200"), "127.0.0.1:*");
    assertEquals(
        "no answer from http://127.0.0.1:" + port + " in time", failure(calls, get(uri(port))));
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void resetsAnswerThatTricklesPastTheDeadline() throws Exception {
    int port =
        site.serve(
            request -> {
              request.response().setChunked(true);
              site.vertx.setPeriodic(
                  20,
                  timer -> {
                    if (request.response().closed()) {
                      site.vertx.cancelTimer(timer);
                    } else {
                      var _ = request.response().write("x");
                    }
                  });
            });
    failure(site.calls("127.0.0.1:*"), within(SHORT, get(uri(port))));
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void boundsRedirectsByOneDeadline() throws Exception {
    int port =
        site.serve(
            request ->
                site.vertx.setTimer(
                    200,
                    _ -> request.response().setStatusCode(302).putHeader("Location", "/").end()));
    assertEquals(
        "no answer from http://127.0.0.1:" + port + " in time",
        failure(site.calls("127.0.0.1:*"), within(SHORT, get(uri(port)))));
  }

  @Test
  void refusesCallWhoseDeadlineIsOver() throws Exception {
    int port = site.serve(request -> request.response().end("ok"));
    assertEquals(
        "no answer from http://127.0.0.1:" + port + " in time",
        failure(site.calls("127.0.0.1:*"), within(Duration.ofSeconds(-1), get(uri(port)))));
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void resetsCallOfInterruptedThread() throws Exception {
    var asked = new AtomicBoolean();
    int port = site.serve(_ -> asked.set(true));
    OutboundHttp calls = site.calls("127.0.0.1:*");
    var call =
        new FutureTask<>(
            () -> assertThrows(InterruptedException.class, () -> calls.send(get(uri(port)))));
    Thread guest = Thread.ofPlatform().start(call);
    await().untilTrue(asked);
    guest.interrupt();
    call.get();
    await().until(() -> site.connectionsOpen.get() == 0);
  }

  @Test
  void sendsNothingWhereInterruptedBeforeTheCall() throws Exception {
    var asked = new AtomicInteger();
    int port =
        site.serve(
            request -> {
              asked.incrementAndGet();
              request.response().end("ok");
            });
    OutboundHttp calls = site.calls("127.0.0.1:*");
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> calls.send(get(uri(port))));
    assertEquals("ok", text(calls.send(get(uri(port)))));
    assertEquals(1, asked.get());
  }

  @Test
  void givesUpWaitingForConnectionOfPool() throws Exception {
    int port =
        site.serve(
            request -> {
              if (request.path().equals("/ok")) {
                request.response().end("ok");
              }
            });
    OutboundHttp calls = site.calls(Map.of("outbound.connections_per_host", "1"), "127.0.0.1:*");
    var waiting = new ArrayList<FutureTask<String>>();
    for (int i = 0; i < 4; i++) {
      var call = new FutureTask<>(() -> failure(calls, within(SHORT, get(uri(port)))));
      waiting.add(call);
      Thread.ofPlatform().start(call);
    }
    for (FutureTask<String> call : waiting) {
      String message = call.get();
      assertTrue(message.startsWith("no "), message);
    }
    assertEquals("ok", text(calls.send(get(uri(port) + "ok"))));
  }

  @Test
  void losesNoConnectionOfPoolToCallsThatGiveUp() throws Exception {
    int port =
        site.serve(
            request -> {
              if (request.path().equals("/ok")) {
                request.response().end("ok");
              } else {
                site.vertx.setTimer(5, _ -> request.response().end("late"));
              }
            });
    OutboundHttp calls = site.calls(Map.of("outbound.connections_per_host", "1"), "127.0.0.1:*");
    for (int micros = 0; micros < 12_000; micros += 50) {
      failure(calls, within(Duration.ofNanos(micros * 1_000L), get(uri(port))));
    }
    assertEquals("ok", text(calls.send(get(uri(port) + "ok"))));
    await().until(() -> site.connectionsOpen.get() <= 1);
  }

  @Test
  void refusesMoreWaitingCallsThanConfigured() throws Exception {
    int port = site.serve(_ -> {});
    OutboundHttp calls =
        site.calls(
            Map.of("outbound.connections_per_host", "1", "outbound.waiting_per_host", "0"),
            "127.0.0.1:*");
    var first =
        new FutureTask<>(() -> failure(calls, within(SHORT.multipliedBy(5), get(uri(port)))));
    Thread.ofPlatform().start(first);
    await().until(() -> site.connectionsOpen.get() == 1);
    String message = failure(calls, get(uri(port)));
    assertTrue(message.startsWith("no connection to http://127.0.0.1:" + port), message);
    assertTrue(!first.isDone());
    first.get();
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    int port = site.serve(request -> request.response().end(request.path()));
    OutboundHttp calls = site.calls("127.0.0.1:*");
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String path = "t" + i;
      tasks.add(
          new FutureTask<>(
              () -> {
                for (int n = 0; n < 50; n++) {
                  assertEquals("/" + path + n, text(calls.send(get(uri(port) + path + n))));
                }
                return null;
              }));
    }
    tasks.forEach(task -> Thread.ofPlatform().start(task));
    for (FutureTask<Void> task : tasks) {
      task.get();
    }
    assertTrue(site.connectionsOpened.get() <= 16, site.connectionsOpened + " connections");
  }

  private static String uri(int port) {
    return "http://127.0.0.1:" + port + "/";
  }
}
