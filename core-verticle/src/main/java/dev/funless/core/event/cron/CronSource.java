package dev.funless.core.event.cron;

import com.cronutils.model.time.ExecutionTime;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.funless.core.event.EventSource;
import dev.funless.core.event.Insistence;
import dev.funless.core.event.Trigger;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schedule that is kept. A planned time is first noted as met, which only the owner can do, then
 * the function is invoked: so no two owners make one run, and one that is lost between the two is
 * not made. Looks at the clock each second, so that it may be put forward or back.
 */
final class CronSource implements EventSource {

  private static final Logger log = LoggerFactory.getLogger(CronSource.class);

  private static final long LOOK_MILLIS = 1_000;

  private final CronParameters parameters;
  private final Trigger trigger;
  private final Clock clock;
  private final ExecutionTime times;
  private final ZoneId zone;
  private final long timer;

  /** Absent until it is known, and where no time is to come. */
  private Optional<Instant> next = Optional.empty();

  private boolean noting;
  private boolean isClosed;

  CronSource(CronParameters parameters, Trigger trigger, Clock clock) {
    this.parameters = parameters;
    this.trigger = trigger;
    this.clock = clock;
    this.times = parameters.times();
    this.zone = parameters.zone();
    this.timer = trigger.vertx().setPeriodic(LOOK_MILLIS, _ -> look());
    trigger.connected();
    begin();
  }

  private void begin() {
    Instant now = clock.instant();
    Optional<Instant> last = noted();
    if (last.isEmpty()) {
      // What counts as missed starts with the first owner.
      next = after(now);
      note(now, () -> {});
    } else {
      next = parameters.makesMissedGood() ? firstDue(last.get(), now) : after(now);
      look();
    }
  }

  /** The last time of those that were missed, or else the next. */
  private Optional<Instant> firstDue(Instant last, Instant now) {
    Optional<Instant> missed =
        times.lastExecution(at(now).plusSeconds(1)).map(ZonedDateTime::toInstant);
    return missed.filter(time -> time.isAfter(last)).or(() -> after(now));
  }

  private Optional<Instant> noted() {
    try {
      return trigger.progress().isEmpty()
          ? Optional.empty()
          : Optional.of(Instant.parse(trigger.progress()));
    } catch (DateTimeException e) {
      log.warn("The progress of event {} cannot be read", trigger.eventId(), e);
      return Optional.empty();
    }
  }

  private Optional<Instant> after(Instant time) {
    return times.nextExecution(at(time)).map(ZonedDateTime::toInstant);
  }

  private ZonedDateTime at(Instant time) {
    return ZonedDateTime.ofInstant(time, zone);
  }

  private void look() {
    Instant now = clock.instant();
    if (noting || next.isEmpty() || now.isBefore(next.get())) {
      return;
    }
    Instant planned = next.get();
    note(
        planned,
        () -> {
          next = after(now);
          run(planned);
        });
  }

  /** What cannot be noted now is tried again with the next look, as long as it is owned. */
  private void note(Instant time, Runnable then) {
    noting = true;
    trigger
        .progress(time.toString())
        .onComplete(
            done -> {
              noting = false;
              if (done.succeeded() && !isClosed) {
                then.run();
              }
            });
  }

  /** Where nothing can run, it is tried until the next time comes. */
  private void run(Instant planned) {
    Optional<Instant> following = next;
    new Insistence(
            trigger,
            args(planned),
            Insistence.NOTHING_RAN,
            () -> !isClosed && next.equals(following))
        .invoke()
        .onSuccess(
            ended -> {
              if (!ended) {
                log.warn("Event {} did not run at {}", trigger.eventId(), planned);
              }
            });
  }

  private byte[] args(Instant planned) {
    ObjectNode args = JsonNodeFactory.instance.objectNode();
    args.put("scheduled_at", planned.toString());
    parameters.args().ifPresent(args::setAll);
    args.put("scheduled_at", planned.toString());
    return args.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Future<Void> close(Ending ending) {
    isClosed = true;
    trigger.vertx().cancelTimer(timer);
    return Future.succeededFuture();
  }
}
