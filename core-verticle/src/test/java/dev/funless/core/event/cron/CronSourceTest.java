package dev.funless.core.event.cron;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.funless.core.event.EventSource;
import dev.funless.core.event.EventSource.Ending;
import dev.funless.core.event.FakeTrigger;
import dev.funless.shared.failure.Failure.Category;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CronSourceTest {

  private static final class TestClock extends Clock {

    private final AtomicReference<Instant> now = new AtomicReference<>();

    TestClock(String now) {
      this.now.set(Instant.parse(now));
    }

    void set(String time) {
      now.set(Instant.parse(time));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock("2026-03-01T12:00:30Z");
  private final FakeTrigger trigger = new FakeTrigger(vertx, 7);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static CronParameters every(String schedule, String zone, String missed) {
    return new CronParameters(schedule, Optional.of(zone), Optional.of(missed), Optional.empty());
  }

  private EventSource open(CronParameters parameters) throws Exception {
    AtomicReference<EventSource> source = new AtomicReference<>();
    vertx.runOnContext(_ -> source.set(new CronType(clock).open(parameters, trigger)));
    await().until(() -> source.get() != null);
    return source.get();
  }

  private void awaitRuns(String... times) {
    List<String> expected =
        List.of(times).stream().map(time -> "{\"scheduled_at\":\"" + time + "\"}").toList();
    await()
        .atMost(Duration.ofSeconds(4))
        .untilAsserted(() -> assertEquals(expected, trigger.invoked));
  }

  @Test
  void runsAtThePlannedTimesAndNotesThemFirst() throws Exception {
    open(every("*/5 * * * *", "UTC", "skip"));
    assertEquals("connected", trigger.state());

    clock.set("2026-03-01T12:04:59Z");
    Thread.sleep(1_200);
    assertEquals(List.of(), trigger.invoked);
    clock.set("2026-03-01T12:05:00Z");
    awaitRuns("2026-03-01T12:05:00Z");
    clock.set("2026-03-01T12:10:03Z");
    awaitRuns("2026-03-01T12:05:00Z", "2026-03-01T12:10:00Z");

    assertEquals(
        List.of("2026-03-01T12:00:30Z", "2026-03-01T12:05:00Z", "2026-03-01T12:10:00Z"),
        trigger.noted);
  }

  @Test
  void keepsToTheTimeZoneAlsoWhereItsClocksChange() throws Exception {
    clock.set("2026-03-28T23:00:00Z");
    open(every("30 3 * * *", "Europe/Rome", "skip"));

    clock.set("2026-03-29T01:30:00Z"); // 03:30 in summer, which began at 02:00.
    awaitRuns("2026-03-29T01:30:00Z");
  }

  @Test
  void passesTheArgumentsOn() throws Exception {
    open(
        new CronParameters(
            "* * * * *",
            Optional.empty(),
            Optional.empty(),
            Optional.of(JsonNodeFactory.instance.objectNode().put("a", 1).put("scheduled_at", 2))));

    clock.set("2026-03-01T12:01:00Z");

    await().until(() -> trigger.invoked.size() == 1);
    assertEquals("{\"scheduled_at\":\"2026-03-01T12:01:00Z\",\"a\":1}", trigger.invoked.getFirst());
  }

  @Test
  void skipsWhatWasMissedByDefault() throws Exception {
    trigger.progress = "2026-03-01T11:00:00Z";

    open(every("*/5 * * * *", "UTC", "skip"));
    Thread.sleep(1_200);

    assertEquals(List.of(), trigger.invoked);
    clock.set("2026-03-01T12:05:00Z");
    awaitRuns("2026-03-01T12:05:00Z");
  }

  @Test
  void makesWhatWasMissedGoodByOneRun() throws Exception {
    trigger.progress = "2026-03-01T11:00:00Z";

    open(every("*/5 * * * *", "UTC", "once"));

    awaitRuns("2026-03-01T12:00:00Z");
    clock.set("2026-03-01T12:05:00Z");
    awaitRuns("2026-03-01T12:00:00Z", "2026-03-01T12:05:00Z");
  }

  @Test
  void whatTheLastOwnerHasMetIsNotMadeAgain() throws Exception {
    trigger.progress = "2026-03-01T12:00:00Z";

    open(every("*/5 * * * *", "UTC", "once"));
    Thread.sleep(1_200);

    assertEquals(List.of(), trigger.invoked);
  }

  @Test
  void doesNotRunWhatItMayNotNote() throws Exception {
    open(every("* * * * *", "UTC", "skip"));
    trigger.canNote = false;
    clock.set("2026-03-01T12:01:00Z");
    Thread.sleep(1_500);
    assertEquals(List.of(), trigger.invoked);

    trigger.canNote = true;

    awaitRuns("2026-03-01T12:01:00Z");
  }

  @Test
  void triesAgainWhereNothingCouldRunAndNotWhereItFailed() throws Exception {
    open(every("* * * * *", "UTC", "skip"));
    trigger.function =
        _ -> FakeTrigger.failing(trigger.invoked.size() < 2 ? Category.BUSY : Category.WORKER_LOST);
    clock.set("2026-03-01T12:01:00Z");

    awaitRuns("2026-03-01T12:01:00Z", "2026-03-01T12:01:00Z");
    Thread.sleep(1_500);
    assertEquals(2, trigger.invoked.size());
  }

  @Test
  void doesNothingAfterItWasClosed() throws Exception {
    EventSource source = open(every("* * * * *", "UTC", "skip"));

    source.close(Ending.HANDED_ON).await(5, TimeUnit.SECONDS);
    clock.set("2026-03-01T12:01:00Z");
    Thread.sleep(1_200);

    assertEquals(List.of(), trigger.invoked);
  }
}
