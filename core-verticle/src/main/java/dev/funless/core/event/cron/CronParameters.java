package dev.funless.core.event.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * A schedule.
 *
 * @param schedule five fields: minute, hour, day of the month, month, day of the week
 * @param timeZone such as {@code Europe/Rome}; UTC by default
 * @param missed what becomes of runs that were due while no core had the event: {@code skip} by
 *     default, or {@code once} for one run in place of all
 * @param args what the function gets beside the time
 */
public record CronParameters(
    String schedule,
    Optional<String> timeZone,
    Optional<String> missed,
    Optional<ObjectNode> args) {

  private static final String SKIP = "skip";
  private static final String ONCE = "once";

  public CronParameters {
    if (schedule == null) {
      throw new IllegalArgumentException("The parameter 'schedule' is missing or cannot be used.");
    }
    ZoneId zone = zone(timeZone);
    if (missed.isPresent() && !Set.of(SKIP, ONCE).contains(missed.get())) {
      throw new IllegalArgumentException("'missed' must be 'skip' or 'once'.");
    }
    if (times(schedule).nextExecution(ZonedDateTime.ofInstant(Instant.EPOCH, zone)).isEmpty()) {
      throw new IllegalArgumentException("'schedule' names a time that never comes.");
    }
  }

  private static ZoneId zone(Optional<String> name) {
    try {
      return ZoneId.of(name.orElse("UTC"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'time_zone' must be the name of a time zone, such as 'Europe/Rome'.", e);
    }
  }

  private static ExecutionTime times(String schedule) {
    try {
      Cron cron =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
              .parse(schedule);
      return ExecutionTime.forCron(cron.validate());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'schedule' must have five fields as of cron, such as '*/5 * * * *'.", e);
    }
  }

  ZoneId zone() {
    return zone(timeZone);
  }

  ExecutionTime times() {
    return times(schedule);
  }

  boolean makesMissedGood() {
    return missed.equals(Optional.of(ONCE));
  }
}
