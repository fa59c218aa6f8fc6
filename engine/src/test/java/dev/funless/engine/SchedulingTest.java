package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who runs when, and what happens to calls that do not. */
class SchedulingTest {

  private static final int PAGE = Guests.PAGE;

  @Test
  void refusesCallsBeyondTheQueue() throws InterruptedException {
    try (var guests = new Guests(config(1, 0, 2))) {
      LoadedFunction calls = guests.load("calls");
      var gate = new CountDownLatch(1);
      var running = guests.start(calls, waitsFor(gate));
      var queued = List.of(guests.start(calls, idle()), guests.start(calls, idle()));
      assertFalse(guests.engine.submit(calls, idle(), outcome -> {}));
      awaitStats(guests, new EngineStats(1, 0, 2, calls.form().instanceBytes(), 256L * PAGE));
      gate.countDown();
      assertAnswered(running);
      queued.forEach(SchedulingTest::assertAnswered);
    }
  }

  @Test
  void engineWithoutQueueTakesAsManyCallsAsItRuns() throws InterruptedException {
    try (var guests = new Guests(config(2, 0, 0))) {
      LoadedFunction calls = guests.load("calls");
      var gate = new CountDownLatch(1);
      var running =
          List.of(guests.start(calls, waitsFor(gate)), guests.start(calls, waitsFor(gate)));
      assertFalse(guests.engine.submit(calls, idle(), outcome -> {}));
      gate.countDown();
      running.forEach(SchedulingTest::assertAnswered);
    }
  }

  @Test
  void waitingGuestLeavesItsPlaceToTheNextCall() throws InterruptedException {
    try (var guests = new Guests(config(1, 2, 10))) {
      LoadedFunction calls = guests.load("calls");
      var gate = new CountDownLatch(1);
      var first = guests.start(calls, waitsFor(gate));
      var second = guests.start(calls, waitsFor(gate));
      awaitStats(guests, new EngineStats(0, 2, 0, 2 * calls.form().instanceBytes(), 256L * PAGE));
      assertAnswered(guests.start(calls, idle()));

      // As many wait as may: the third keeps its place, and the fourth stays queued.
      var third = guests.start(calls, waitsFor(gate));
      var fourth = guests.start(calls, idle());
      awaitStats(guests, new EngineStats(1, 2, 1, 3 * calls.form().instanceBytes(), 256L * PAGE));
      assertFalse(fourth.isDone());
      gate.countDown();
      List.of(first, second, third, fourth).forEach(SchedulingTest::assertAnswered);
    }
  }

  @Test
  void returningGuestGoesBeforeQueuedCalls() throws InterruptedException {
    try (var guests = new Guests(config(1, 1, 10))) {
      LoadedFunction calls = guests.load("calls");
      var gate = new CountDownLatch(1);
      var busyRuns = new CountDownLatch(1);
      var stillWaiting = new AtomicInteger(-1);
      var waiter = guests.start(calls, waitsFor(gate));
      awaitStats(guests, new EngineStats(0, 1, 0, calls.form().instanceBytes(), 256L * PAGE));
      var busy =
          guests.start(
              guests.load("loop"),
              gated(
                  Duration.ofMillis(400),
                  () -> {
                    busyRuns.countDown();
                    return true;
                  }));
      assertTrue(awaited(busyRuns));
      var queued =
          guests.start(
              calls,
              gated(
                  Duration.ofSeconds(20),
                  () -> {
                    stillWaiting.set(guests.engine.stats().waiting());
                    return false;
                  }));
      gate.countDown();
      assertAnswered(waiter);
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(busy)).reason());
      assertEquals(Reason.STOPPED, Guests.failureOf(Guests.await(queued)).reason());
      assertEquals(0, stillWaiting.get());
    }
  }

  @Test
  void guestThatWaitsForAPlaceStillEndsAtItsDeadline() {
    try (var guests = new Guests(config(1, 1, 10))) {
      LoadedFunction calls = guests.load("calls");
      LoadedFunction loop = guests.load("loop");
      var waiter =
          guests.start(
              calls,
              http(
                  Duration.ofMillis(500),
                  request -> {
                    Thread.sleep(200);
                    return new OutboundHttp.Answer(200, new byte[0]);
                  }));
      var busy = guests.start(loop, Guests.call("{}", Duration.ofSeconds(2), Guests.LIMITS));
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(waiter)).reason());
      assertFalse(busy.isDone());
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(busy)).reason());
      assertAnswered(guests.start(calls, idle()));
    }
  }

  @Test
  void hostCallThatSwallowsTheInterruptIsStoppedNevertheless() {
    try (var guests = new Guests(config(1, 1, 10))) {
      LoadedFunction calls = guests.load("calls");
      Outcome outcome =
          guests.run(
              calls,
              http(
                  Duration.ofMillis(50),
                  request -> {
                    try {
                      Thread.sleep(10_000);
                    } catch (InterruptedException swallowed) {
                      throw new IOException("stopped", swallowed);
                    }
                    return new OutboundHttp.Answer(200, new byte[0]);
                  }));
      assertEquals(Reason.DEADLINE, Guests.failureOf(outcome).reason());
      assertAnswered(guests.start(calls, idle()));
    }
  }

  @Test
  void callWhoseDeadlinePassedInTheQueueDoesNotStart() {
    try (var guests = new Guests(config(1, 0, 10))) {
      LoadedFunction loop = guests.load("loop");
      var busy = guests.start(loop, Guests.call("", Duration.ofMillis(150), Guests.LIMITS));
      var late = guests.start(loop, Guests.call("", Duration.ofMillis(20), Guests.LIMITS));
      assertEquals(Reason.DEADLINE, Guests.failureOf(Guests.await(busy)).reason());
      assertEquals(Reason.EXPIRED, Guests.failureOf(Guests.await(late)).reason());
    }
  }

  @Test
  void closedGateDropsTheCallAndABrokenOneFailsIt() {
    try (var guests = new Guests(config(1, 0, 10))) {
      LoadedFunction loop = guests.load("loop");
      assertEquals(Reason.STOPPED, Guests.failureOf(guests.run(loop, gated(() -> false))).reason());
      assertEquals(
          Reason.INTERNAL,
          Guests.failureOf(
                  guests.run(
                      loop,
                      gated(
                          () -> {
                            throw new IllegalStateException("broken gate");
                          })))
              .reason());
    }
  }

  @Test
  void receiverThatThrowsDoesNotEndTheThread() {
    try (var guests = new Guests(config(1, 0, 10))) {
      LoadedFunction calls = guests.load("calls");
      for (int i = 0; i < 3; i++) {
        assertTrue(
            guests.engine.submit(
                calls,
                idle(),
                outcome -> {
                  throw new AssertionError("broken receiver");
                }));
      }
      assertAnswered(guests.start(calls, idle()));
    }
  }

  @Test
  void closingEndsEveryCall() {
    var guests = new Guests(config(1, 1, 10));
    LoadedFunction loop = guests.load("loop");
    LoadedFunction calls = guests.load("calls");
    var waiting = guests.start(calls, waitsFor(new CountDownLatch(1)));
    var started = new CountDownLatch(1);
    var running =
        guests.start(
            loop,
            gated(
                () -> {
                  started.countDown();
                  return true;
                }));
    var queued = guests.start(loop, gated(() -> true));
    assertTrue(awaited(started));
    long start = System.nanoTime();
    guests.close();
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(4).toNanos());
    assertEquals(Reason.INTERNAL, Guests.failureOf(Guests.await(waiting)).reason());
    Reason reason = Guests.failureOf(Guests.await(running)).reason();
    assertTrue(reason == Reason.INTERNAL || reason == Reason.STOPPED, reason::toString);
    assertEquals(Reason.STOPPED, Guests.failureOf(Guests.await(queued)).reason());
    assertFalse(guests.engine.submit(loop, idle(), outcome -> {}));
    assertEquals(0, guests.engine.stats().memoryReservedBytes());
  }

  /** Nothing is lost, nothing ends twice, and never do more run than may. */
  @Test
  void manyCallsThatWaitAtRandomAllEndOnce() throws InterruptedException {
    int running = 2;
    int waiting = 3;
    int total = 6000;
    var ended = new AtomicInteger();
    var answered = new AtomicInteger();
    var outside = new AtomicInteger();
    var mostOutside = new AtomicInteger();
    var room = new Semaphore(40);
    try (var guests = new Guests(config(running, waiting, 40))) {
      LoadedFunction calls = guests.load("calls");
      OutboundHttp http =
          request -> {
            mostOutside.accumulateAndGet(outside.incrementAndGet(), Math::max);
            try {
              if (ThreadLocalRandom.current().nextInt(4) > 0) {
                Thread.sleep(0, ThreadLocalRandom.current().nextInt(300_000));
              }
              return new OutboundHttp.Answer(200, new byte[0]);
            } finally {
              outside.decrementAndGet();
            }
          };
      for (int i = 0; i < total; i++) {
        assertTrue(room.tryAcquire(20, TimeUnit.SECONDS), "a call was lost");
        Duration timeout = i % 50 == 0 ? Duration.ofNanos(100_000) : Duration.ofSeconds(20);
        Call call = i % 3 == 0 ? idle() : http(timeout, http);
        boolean taken =
            guests.engine.submit(
                calls,
                call,
                outcome -> {
                  ended.incrementAndGet();
                  if (outcome instanceof Outcome.Answered) {
                    answered.incrementAndGet();
                  }
                  room.release();
                });
        assertTrue(taken);
        if (i % 100 == 0) {
          EngineStats stats = guests.engine.stats();
          assertTrue(stats.running() <= running && stats.waiting() <= waiting, stats::toString);
        }
      }
      assertTrue(room.tryAcquire(40, 20, TimeUnit.SECONDS), "a call was lost");
      awaitStats(guests, new EngineStats(0, 0, 0, 0, 256L * PAGE));
    }
    assertEquals(total, ended.get());
    assertTrue(answered.get() >= total * 9 / 10, () -> answered + " answered");
    assertTrue(mostOutside.get() > running, () -> mostOutside + " waited at once");
    assertTrue(mostOutside.get() <= running + waiting, () -> mostOutside + " waited at once");
  }

  private static EngineConfig config(int running, int waiting, int queued) {
    return new EngineConfig(running, waiting, queued, 256L * PAGE, 1 << 20);
  }

  private static Call idle() {
    return new Call(
        new HostCall(3, 0, 1).input(),
        System.nanoTime() + Duration.ofSeconds(20).toNanos(),
        Guests.LIMITS,
        Map.of(),
        Guests.NO_HTTP,
        () -> true);
  }

  private static Call waitsFor(CountDownLatch gate) {
    return http(
        Duration.ofSeconds(20),
        request -> {
          gate.await();
          return new OutboundHttp.Answer(200, new byte[0]);
        });
  }

  private static Call http(Duration timeout, OutboundHttp http) {
    return new Call(
        new HostCall(4, 1000, 200, 204, 0, 300, 5).with(300, "http:").input(),
        System.nanoTime() + timeout.toNanos(),
        Guests.LIMITS,
        Map.of(),
        http,
        () -> true);
  }

  private static Call gated(Call.StartGate gate) {
    return gated(Duration.ofSeconds(20), gate);
  }

  private static Call gated(Duration timeout, Call.StartGate gate) {
    return new Call(
        new byte[0],
        System.nanoTime() + timeout.toNanos(),
        Guests.LIMITS,
        Map.of(),
        Guests.NO_HTTP,
        gate);
  }

  private static void assertAnswered(CompletableFuture<Outcome> outcome) {
    assertEquals("\"00 \"", Guests.answerOf(Guests.await(outcome)));
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitStats(Guests guests, EngineStats expected) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!guests.engine.stats().equals(expected) && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertEquals(expected, guests.engine.stats());
  }
}
